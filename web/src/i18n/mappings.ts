import { lazyWords } from './lazy';

export const useMappingsWords = lazyWords({
  en: async () => (await import('./en/mappings')).mappings,
  es: async () => (await import('./es/mappings')).mappings,
});
