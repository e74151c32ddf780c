import { lazyWords } from './lazy';

export const usePalletWords = lazyWords({
  en: async () => (await import('./en/pallet')).pallet,
  es: async () => (await import('./es/pallet')).pallet,
});
