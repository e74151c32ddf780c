import { lazyWords } from './lazy';

/** What is said about one warehouse, beside its layout. */
export const useWarehouseWords = lazyWords({
  en: async () => (await import('./en/warehouse')).warehouse,
  es: async () => (await import('./es/warehouse')).warehouse,
});
