import { Group, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import type { AnomalyDetail } from '@/api/anomalies';
import { useMessages } from '@/i18n/i18n';
import classes from './companion-section.module.css';
import { PriorityMark, StatusMark } from './marks';
import { useRuleTitle } from './use-rule-texts';

interface CompanionSectionProps {
  anomaly: AnomalyDetail;
  onOpen: ((id: string) => void) | undefined;
}

/** What else was found about the same pallet, stock line or location. */
export function CompanionSection({ anomaly, onOpen }: CompanionSectionProps) {
  const { companions: words } = useMessages();
  const title = useRuleTitle();
  const { group } = anomaly;
  if (group.length === 0) return null;
  const heading = words.title(words.of[anomaly.subject.type]);
  return (
    <section aria-label={heading}>
      <Title order={3} size="h6" mb={4}>
        {heading}
      </Title>
      <Stack gap={2}>
        {group.map((other) => (
          <UnstyledButton
            key={other.id}
            className={classes.other}
            disabled={!onOpen}
            onClick={() => onOpen?.(other.id)}
          >
            <Text span size="sm" fw={600}>
              {title(other.rule, other.title)}
            </Text>
            <Group gap="sm" wrap="nowrap">
              <PriorityMark priority={other.priority} />
              <StatusMark status={other.status} />
            </Group>
          </UnstyledButton>
        ))}
      </Stack>
    </section>
  );
}
