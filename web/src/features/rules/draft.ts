import { PRIORITIES, type Priority } from '@/api/anomalies';
import type { ParameterValue, Rule, RuleParameter, RuleScope, RuleSettings } from '@/api/rules';
import { changedParameters, MOST_TEXTS } from '@/domain/rules/settings';
import { patternOf } from '@/domain/warehouses/classify';

/** A rule's settings as they are being edited: numbers as typed, lists as lines of text. */
export interface Draft {
  enabled: boolean;
  /** Empty for the rule's own. */
  priority: Priority | '';
  numbers: Record<string, number | ''>;
  lists: Record<string, string>;
  scope: Record<keyof RuleScope, string>;
}

export type Fault =
  | { field: string; fault: 'bounds'; parameter: RuleParameter }
  | { field: string; fault: 'empty' | 'tooMany' }
  | { field: string; fault: 'pattern'; text: string };

export const SCOPES = ['locations', 'products', 'excluded'] as const satisfies (keyof RuleScope)[];

export const isNumeric = ({ kind }: RuleParameter): boolean =>
  kind === 'integer' || kind === 'number';

export function draftOf(rule: Rule, settings: RuleSettings = rule.settings): Draft {
  const draft: Draft = {
    enabled: settings.enabled,
    priority: PRIORITIES.find((priority) => priority === settings.priority) ?? '',
    numbers: {},
    lists: {},
    scope: { locations: '', products: '', excluded: '' },
  };
  for (const parameter of rule.parameters) {
    const value = settings.parameters[parameter.name] ?? parameter.default;
    if (Array.isArray(value)) draft.lists[parameter.name] = value.join('\n');
    else draft.numbers[parameter.name] = value;
  }
  for (const part of SCOPES) draft.scope[part] = (settings.scope[part] ?? []).join('\n');
  return draft;
}

export const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** The values that differ from the defaults. */
export const parametersOf = (rule: Rule, draft: Draft): Record<string, ParameterValue> =>
  changedParameters(
    rule,
    Object.fromEntries(
      rule.parameters.map((parameter) => [
        parameter.name,
        isNumeric(parameter)
          ? draft.numbers[parameter.name]
          : linesOf(draft.lists[parameter.name] ?? ''),
      ]),
    ),
  );

export const scopeOf = ({ scope }: Draft): RuleScope => ({
  locations: linesOf(scope.locations),
  products: linesOf(scope.products),
  excluded: linesOf(scope.excluded),
});

/** As the service takes it. */
export function changeOf(rule: Rule, draft: Draft) {
  return {
    enabled: draft.enabled,
    priority: draft.priority || null,
    parameters: parametersOf(rule, draft),
    scope: scopeOf(draft),
  };
}

export const isChanged = (rule: Rule, draft: Draft): boolean =>
  !same(changeOf(rule, draft), changeOf(rule, draftOf(rule)));

/** What the service would refuse, by the field that it is about. */
export function faultsOf(rule: Rule, draft: Draft): Fault[] {
  const faults: Fault[] = [];
  for (const parameter of rule.parameters) {
    const field = parameter.name;
    if (isNumeric(parameter)) {
      if (!isWithin(draft.numbers[field], parameter))
        faults.push({ field, fault: 'bounds', parameter });
      continue;
    }
    const lines = linesOf(draft.lists[field] ?? '');
    if (lines.length < (parameter.minimum_items ?? 0)) faults.push({ field, fault: 'empty' });
    else faults.push(...listFaults(field, lines, parameter.kind === 'patterns'));
  }
  for (const part of SCOPES) faults.push(...listFaults(part, linesOf(draft.scope[part]), true));
  return faults;
}

function listFaults(field: string, lines: readonly string[], patterns: boolean): Fault[] {
  if (lines.length > MOST_TEXTS) return [{ field, fault: 'tooMany' }];
  const wrong = patterns
    ? lines.find((line) => patternOf({ location_pattern: line }) === null)
    : undefined;
  return wrong === undefined ? [] : [{ field, fault: 'pattern', text: wrong }];
}

function isWithin(value: number | '' | undefined, { kind, minimum, maximum }: RuleParameter) {
  if (typeof value !== 'number' || !Number.isFinite(value)) return false;
  if (kind === 'integer' && !Number.isInteger(value)) return false;
  return value >= (minimum ?? -Infinity) && value <= (maximum ?? Infinity);
}

/** How far apart the numbers are that a slider offers. */
export function stepOf({ kind, minimum, maximum }: RuleParameter): number {
  if (kind === 'integer') return 1;
  const span = (maximum ?? 1) - (minimum ?? 0);
  return span <= 1 ? 0.01 : span <= 20 ? 0.1 : span <= 200 ? 0.5 : 1;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
