import { lazyWords } from './lazy';

/** What is said where one looks for anything. */
export const useSearchWords = lazyWords({
  en: async () => (await import('./en/search')).search,
  es: async () => (await import('./es/search')).search,
});
