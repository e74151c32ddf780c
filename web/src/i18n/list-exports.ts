import { lazyWords } from './lazy';

/** What is said when a list of the catalog or of stock is exported. */
export const useListExportWords = lazyWords({
  en: async () => (await import('./en/list-exports')).listExports,
  es: async () => (await import('./es/list-exports')).listExports,
});
