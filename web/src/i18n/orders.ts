import { lazyWords } from './lazy';

/** What is said about purchase and sales orders. */
export const useOrderWords = lazyWords({
  en: async () => (await import('./en/orders')).orders,
  es: async () => (await import('./es/orders')).orders,
});
