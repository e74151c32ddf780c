import { isField } from '@/api/fields';
import { useRuleTexts } from '@/domain/anomalies/use-rule-texts';
import { useMessages } from '@/i18n/i18n';

/** The receipt's stable codes and field names in plain words. */
export function useCoverageWords() {
  const { field: fields, report: words } = useMessages();
  const { title: ruleTitle } = useRuleTexts();
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
      const zone = reason.match(/^temperature of zone (.+) unknown$/)?.[1];
      if (zone) return words.zoneUnknown(zone);
      const word = reason.match(/^most goods named (.+) are in zones of another temperature$/)?.[1];
      if (word) return words.doubtfulWord(word);
      const kept = reason.match(
        /^goods named (.+) that are kept in zones of another temperature$/,
      )?.[1];
      if (kept) return words.doubtfulGoods(kept);
      const rule = reason.match(/^told by ([a-z0-9-]+)$/)?.[1];
      if (rule) return words.toldBy(ruleTitle(rule));
      return reason;
    },
    rowReason: (reason: string) => {
      const unread = reason.match(/^(\w+)_unreadable$/)?.[1];
      if (unread) return words.unreadable(fieldName(unread));
      return words.rowReason[reason] ?? reason.replaceAll('_', ' ');
    },
  };
}
