import type { Plural } from '../plural';

export interface SuggestionFacts {
  /** The service's own sentence, in English. */
  reason: string;
  pallets: string;
  snapshots: number;
  limit: string | null;
  share: string | null;
  /** Why there is no limit. */
  withheld: 'too_few' | 'too_many' | 'nothing' | null;
}

export const ruleSettings = (plural: Plural) => ({
  title: 'Rules',
  lead: 'What is looked for in every inventory, and where the limits are.',
  defaultsTitle: 'These are the defaults',
  defaults: 'Rules are set for each warehouse. Add one to set your own limits.',
  addWarehouse: 'Add a warehouse',
  readOnlyTitle: 'You can look, but not change',
  readOnly: (role: string, owner: string) =>
    `You are ${role} of this warehouse. Its rules are set by its managers and by ${owner}, the owner.`,
  roles: { viewer: 'a viewer', operator: 'an operator' } as Record<string, string>,
  rule: 'Rule',
  priority: 'Priority',
  limits: 'Limits',
  precision: 'Right',
  on: 'On',
  switchRule: (title: string) => `Look for: ${title}`,
  switchedOn: (title: string) => `“${title}” is looked for from the next analysis on.`,
  switchedOff: (title: string) => `“${title}” is no longer looked for.`,
  changed: 'Changed',
  allRules: 'All rules',
  why: 'What it looks for, and why',
  /** In other languages than the service's; the service's own explanation where there is none. */
  details: {} as Record<string, string>,
  needs: (what: string) => `Needs: ${what}.`,
  settings: 'Settings',
  enabled: 'Look for this',
  ownPriority: (priority: string) => `As the rule has it (${priority})`,
  scope: 'Where and what it looks at',
  scopeLead: 'Patterns as in layouts, one per line. Left empty, it looks at everything.',
  locations: 'Only these locations',
  locationsHint: 'Such as A-0[1-5]-*',
  products: 'Only these products',
  productsHint: 'Product codes or descriptions',
  excluded: 'Not these',
  excludedHint: 'Pallet numbers, locations, product codes or descriptions',
  bounds: (low: string, high: string) => `From ${low} to ${high}.`,
  outOfBounds: (low: string, high: string) => `A number from ${low} to ${high}.`,
  atLeastOne: 'At least one is needed.',
  notAPattern: (text: string) => `“${text}” is no pattern.`,
  tooMany: (most: number) => `At most ${most}.`,
  onePerLine: 'One per line.',
  byDefault: (value: string) => `Default: ${value}`,
  parameter: {
    completion: 'Share of the lot in storage',
    patterns: 'Goods that must stay cold',
    zones: 'Zones at room temperature',
    exclusions: 'Words of goods that are not cold',
    must_stay_cold: 'Goods in doubt that must stay cold',
    need_no_cold: 'Goods in doubt that need no cold',
    min_hours: 'Hours before which none is late',
    max_minutes: 'Minutes allowed there',
    max_hours: 'Hours allowed',
    max_days: 'Days before the date',
    share: 'Share of shelf life left',
    max_score: 'How unusual it may be',
    both_directions: 'Small quantities, too',
    location_types: 'Types of location',
  } as Record<string, string>,
  /** By rule and parameter, in other languages than the service's. */
  parameterHint: {} as Record<string, string>,
  unit: { max_minutes: 'min', max_hours: 'h', min_hours: 'h', max_days: 'days' } as Record<
    string,
    string
  >,
  score: (score: string) => `score ${score}`,
  save: 'Save',
  saved:
    'Saved. It holds from the next analysis on; reports keep the settings they were made with.',
  discard: 'Discard changes',
  unsaved: 'There are changes that are not saved.',
  leaveText: 'They will be lost if you leave this page now.',
  reset: 'Back to the defaults',
  resetTitle: 'Back to the defaults?',
  resetText: (title: string) =>
    `“${title}” will be looked for as if nobody had set anything. What it was stays in the versions.`,
  resetDone: 'The defaults hold again.',
  backtest: 'Try it first',
  backtestLead:
    'Runs these settings and those in force on inventories you have already sent, and compares.',
  backtestCount: 'How many inventories',
  backtestGo: 'Try on past inventories',
  backtestAgain: 'The settings have changed since. Try again to see what they do.',
  backtestNone: 'No inventory of this warehouse can be tried yet.',
  backtestSame: 'Nothing changes: the same anomalies are found.',
  backtestSum: (before: string, after: string) => `${before} anomalies now, ${after} then`,
  backtestOf: (when: string) => `In the inventory of ${when}`,
  appear: 'appear',
  vanish: 'vanish',
  stay: 'stay',
  inventory: 'Inventory',
  before: 'Now',
  after: 'Then',
  appearTitle: 'Appear',
  vanishTitle: 'Vanish',
  firstAppear: (names: string) => `Appear: ${names}`,
  firstVanish: (names: string) => `Vanish: ${names}`,
  notEvaluated: (needs: string) => `could not be checked: needs ${needs}`,
  leftOut: (count: number) =>
    plural(count, {
      one: '# inventory was left out, because its stock is not kept any more.',
      other: '# inventories were left out, because their stock is not kept any more.',
    }),
  suggestion: 'Suggestion',
  suggestionNow: (limit: string) => `The limit is ${limit} now.`,
  suggested: (limit: string) => `Suggested: ${limit}`,
  suggestionReason: (facts: SuggestionFacts): string => facts.reason,
  suggestionEffect: (now: string, then: string) => `${now} anomalies now, ${then} with it.`,
  suggestionSame: 'That is the limit already in force.',
  takeSuggestion: 'Put it into the form',
  proposals: 'What people said suggests',
  proposalsNone:
    'Nothing so far. It takes three anomalies of one kind, most of them resolved as a false alarm or as accepted.',
  proposalsFull: 'Nothing can be added: this rule excludes as many patterns as it can hold.',
  proposalsUnread: (count: number, real: number) =>
    plural(count, {
      one: `The description of # judged anomaly is not known in full (called real: ${real}); a word may exclude it, too.`,
      other: `The descriptions of # judged anomalies are not known in full (called real: ${real}); a word may exclude them, too.`,
    }),
  proposalsExcluded: (count: number) =>
    plural(count, {
      one: '# judged anomaly is excluded by the settings already.',
      other: '# judged anomalies are excluded by the settings already.',
    }),
  proposalsCut: (reports: number, examined: number) =>
    plural(reports, {
      one: `Of # report only the first ${examined} resolved anomalies were looked at.`,
      other: `Of # reports only the first ${examined} resolved anomalies each were looked at.`,
    }),
  proposal: {
    descriptions: (text: string) => `Exclude descriptions with “${text}”?`,
    locations: (text: string) => `Exclude locations ${text}?`,
    pallets: (text: string) => `Exclude pallets ${text}?`,
  },
  proposalVerdicts: (unwanted: string, judged: string) =>
    `${unwanted} of ${judged} judged anomalies like this were false alarms or accepted.`,
  proposalExamples: (names: string) => `For example: ${names}`,
  proposalReal: (count: number, names: string) =>
    plural(count, {
      one: `# that was called real would no longer be found either: ${names}`,
      other: `# that were called real would no longer be found either: ${names}`,
    }),
  proposalApply: 'Apply',
  proposalUnsaved: 'Save or discard your changes in the form first.',
  precisionTitle: 'How often it was right',
  precisionNone: 'Nobody has said yet, when resolving its anomalies, whether they were real.',
  precisionLead: 'From the reasons people gave when they resolved its anomalies, last 20 reports.',
  right: (share: string) => `${share} right`,
  rightOf: (share: string, judged: string) => `${share} of ${judged}`,
  reason: {
    real: 'Real',
    accepted: 'Accepted',
    false_positive: 'False alarm',
    data_error: 'Error in the file',
  },
  versions: 'Versions',
  noVersions: 'Nobody has changed this rule; the defaults hold.',
  version: (number: number) => `Version ${number}`,
  versionBy: (who: string, when: string) => `${who}, ${when}`,
  wasReset: 'Back to the defaults',
  wasOff: 'Switched off',
  takeVersion: 'Put into the form',
  costs: {
    title: 'What anomalies cost',
    lead: 'What problems cost your warehouse. These prices put the most expensive anomalies first, and reports add them up.',
    prices: 'Prices',
    currency: 'Currency',
    currencyHint: 'Three letters, as in EUR, USD or MXN',
    badCurrency: 'Three capital letters.',
    pallet_hour: 'A pallet’s place, per hour',
    handling_minute: 'Work, per minute',
    pallet_value: 'The goods on a pallet',
    byRule: 'By rule',
    formula: 'Formula',
    minutes: 'Minutes per pallet',
    share: 'Share of its value lost',
    minutesOf: (title: string) => `Minutes per pallet: ${title}`,
    shareOf: (title: string) => `Share of the value lost, in percent: ${title}`,
    number: (low: string, high: string) => `From ${low} to ${high}`,
    term: {
      pallets: 'pallets',
      hours: 'hours',
      pallet_hour: 'price of a place per hour',
      minutes: 'minutes',
      handling_minute: 'price of a minute',
      share: 'share lost',
      pallet_value: 'value of a pallet',
    } as Record<string, string>,
    saved: 'Saved. It holds from the next analysis on.',
    changedBy: (who: string, when: string) => `Last set by ${who}, ${when}.`,
    never: 'Nobody has set these yet: they are the defaults.',
    reset: 'Back to the defaults',
  },
});

export type RuleWords = ReturnType<typeof ruleSettings>;
