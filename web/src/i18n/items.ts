import { lazyWords } from './lazy';

/** What is said about items, what there is of them, and how it moves. */
export const useItemWords = lazyWords({
  en: async () => (await import('./en/items')).items,
  es: async () => (await import('./es/items')).items,
});
