import type { Proposal, Rule } from '@/api/rules';

/** All settings of a proposal: what it leaves out is tried as the default, not as what is in force. */
export function trialOf(rule: Rule, { settings }: Pick<Proposal, 'settings'>) {
  const params = Object.fromEntries(
    rule.parameters.map(({ name, default: byDefault }) => [
      name,
      settings.parameters?.[name] ?? byDefault,
    ]),
  );
  return { params, scope: settings.scope };
}

/** An anomaly in a few words: its subject, and what the proposal looks at if that says more. */
export const exampleOf = ({ subject, text }: Proposal['examples'][number]): string =>
  text === null || text === subject ? subject : `${subject} (${text})`;
