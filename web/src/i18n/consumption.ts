import { lazyWords } from './lazy';

/** What is said about what was used, by whom and for what. */
export const useConsumptionWords = lazyWords({
  en: async () => (await import('./en/consumption')).consumption,
  es: async () => (await import('./es/consumption')).consumption,
});
