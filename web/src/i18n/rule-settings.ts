import { lazyWords } from './lazy';

/** What is said about the settings of rules and what anomalies cost. */
export const useRuleWords = lazyWords({
  en: async () => (await import('./en/rule-settings')).ruleSettings,
  es: async () => (await import('./es/rule-settings')).ruleSettings,
});
