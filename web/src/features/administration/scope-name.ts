import { useAuditWords } from '@/i18n/audit';

/** What a chain of the audit log is called: `warehouse:wh_1` is that of a warehouse. */
export function useScopeName(): (scope: string) => string {
  const words = useAuditWords();
  return (scope) =>
    scope === 'company' || scope === 'security'
      ? words.scopeOf[scope]
      : words.warehouseScope(scope.replace(/^warehouse:/, ''));
}
