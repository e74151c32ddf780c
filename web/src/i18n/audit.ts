import { lazyWords } from './lazy';

/** What the audit log and the security events are told in. */
export const useAuditWords = lazyWords({
  en: async () => (await import('./en/audit')).audit,
  es: async () => (await import('./es/audit')).audit,
});
