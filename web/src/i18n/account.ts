import { lazyWords } from './lazy';

export const useAccountWords = lazyWords({
  en: async () => (await import('./en/account')).account,
  es: async () => (await import('./es/account')).account,
});
