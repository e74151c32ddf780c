import { isField } from '@/api/fields';
import { useMessages } from '@/i18n/i18n';

/** The receipt's stable codes and field names in plain words. */
export function useCoverageWords() {
  const { field: fields, report: words } = useMessages();
  const fieldName = (name: string) => (isField(name) ? fields[name] : name.replaceAll('_', ' '));
  return {
    need: (name: string) => words.need[name] ?? fieldName(name),
    skipReason: (reason: string) => {
      const known = words.skipReason[reason];
      if (known) return known;
      const unreadable = reason.match(/^(\w+) unreadable$/)?.[1];
      if (unreadable) return words.unreadable(fieldName(unreadable));
      const missing = reason.match(/^(\w+) missing$/)?.[1];
      if (missing) return words.missing(fieldName(missing));
      return reason;
    },
    rowReason: (reason: string) => {
      const unread = reason.match(/^(\w+)_unreadable$/)?.[1];
      if (unread) return words.unreadable(fieldName(unread));
      return words.rowReason[reason] ?? reason.replaceAll('_', ' ');
    },
  };
}
