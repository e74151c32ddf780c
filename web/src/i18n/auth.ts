import { lazyWords } from './lazy';

export const useAuthWords = lazyWords({
  en: async () => (await import('./en/auth')).auth,
  es: async () => (await import('./es/auth')).auth,
});
