import { lazyWords } from './lazy';

/** What administrators read about accounts and invitations. */
export const useAdministrationWords = lazyWords({
  en: async () => (await import('./en/administration')).administration,
  es: async () => (await import('./es/administration')).administration,
});
