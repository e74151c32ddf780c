import { useMessages } from '@/i18n/i18n';

/** A rule's name in the reader's language; the service's own name for a rule unknown here. */
export function useRuleTitle(): (code: string, fallback?: string) => string {
  const { rules } = useMessages();
  return (code, fallback) => rules[code]?.title ?? fallback ?? code;
}
