import type { AuditEntry } from '@/api/audit';

/** A value of an entry, for people: a long text is told by its beginning. */
export function valueText(value: unknown, none: string): string {
  if (value === null || value === undefined || value === '') return none;
  if (typeof value === 'object' && 'start' in value) return `${String(value.start)}…`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The lines that tell what changed: field, before and after. */
export function changeLines(entry: Pick<AuditEntry, 'changes'>, none: string) {
  return Object.entries(entry.changes)
    .sort(([one], [other]) => one.localeCompare(other))
    .map(([field, [before, after]]) => ({
      field: field.replaceAll('_', ' '),
      before: valueText(before, none),
      after: valueText(after, none),
    }));
}

/** What an entry is about, without its type: `rule/expired` is `expired`. Ids of people are not
 * for reading, so of an account there is nothing. */
export function objectText(object: string): string {
  const [type = '', ...rest] = object.split('/');
  return type === 'user' || type === 'member' ? '' : rest.join('/');
}

/** The words for an action; one that this page does not know yet is shown as it is. */
export function actionText(action: string, words: Readonly<Record<string, string>>): string {
  return words[action] ?? action.replaceAll('_', ' ').replaceAll('.', ': ');
}
