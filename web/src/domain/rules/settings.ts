import type { ParameterValue, Rule } from '@/api/rules';

/** The API's limit for a list of patterns or words. */
export const MOST_TEXTS = 50;

type Values = Record<string, ParameterValue | '' | undefined>;

/** The values that differ from the defaults: the others shall follow a default that changes. */
export function changedParameters(rule: Rule, values: Values): Record<string, ParameterValue> {
  const changed: Record<string, ParameterValue> = {};
  for (const parameter of rule.parameters) {
    const value = values[parameter.name];
    if (value === undefined || value === '') continue;
    if (JSON.stringify(value) !== JSON.stringify(parameter.default))
      changed[parameter.name] = value;
  }
  return changed;
}

/** The rule as it is, but for one parameter; as the service takes it. */
export function changeOfOne(rule: Rule, name: string, value: ParameterValue) {
  const { enabled, priority, parameters, scope } = rule.settings;
  return {
    enabled,
    priority,
    parameters: changedParameters(rule, { ...parameters, [name]: value }),
    scope,
  };
}
