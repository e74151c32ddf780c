import { lazyWords } from './lazy';

/** What is said about items that are made of others. */
export const useKitWords = lazyWords({
  en: async () => (await import('./en/kits')).kits,
  es: async () => (await import('./es/kits')).kits,
});
