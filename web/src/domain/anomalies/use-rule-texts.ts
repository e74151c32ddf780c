import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { ruleListQuery } from '@/api/rules';
import { useMessages } from '@/i18n/i18n';
import { ruleTexts, type RuleTexts } from './rule-texts';

/** The texts of every rule; they come with the service, so one reading is enough. */
export function useRuleTexts(): RuleTexts {
  const { rules: words } = useMessages();
  const { data } = useQuery({ ...ruleListQuery(), staleTime: Infinity });
  return useMemo(() => ruleTexts(words, data?.rules ?? []), [words, data]);
}

/** A rule's name in the reader's language, else the service's own. */
export function useRuleTitle(): RuleTexts['title'] {
  return useRuleTexts().title;
}
