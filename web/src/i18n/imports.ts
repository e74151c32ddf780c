import { lazyWords } from './lazy';

/** What is said when items are imported from a file. */
export const useImportWords = lazyWords({
  en: async () => (await import('./en/imports')).imports,
  es: async () => (await import('./es/imports')).imports,
});
