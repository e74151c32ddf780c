import { lazyWords } from './lazy';

/** What runs and notifications are told in. */
export const useOperationsWords = lazyWords({
  en: async () => (await import('./en/operations')).operations,
  es: async () => (await import('./es/operations')).operations,
});
