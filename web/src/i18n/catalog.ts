import { lazyWords } from './lazy';

/** What is said about suppliers, categories, units and inventory types. */
export const useCatalogWords = lazyWords({
  en: async () => (await import('./en/catalog')).catalog,
  es: async () => (await import('./es/catalog')).catalog,
});
