import { lazyWords } from './lazy';

/** What is said about the figures of the stock. */
export const useFigureWords = lazyWords({
  en: async () => (await import('./en/analytics')).analytics,
  es: async () => (await import('./es/analytics')).analytics,
});
