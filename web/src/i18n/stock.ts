import { lazyWords } from './lazy';

/** What is said about moving, counting and scanning stock, and about what is where. */
export const useStockWords = lazyWords({
  en: async () => (await import('./en/stock')).stock,
  es: async () => (await import('./es/stock')).stock,
});
