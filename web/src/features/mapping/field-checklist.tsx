import { Group, Stack, Text } from '@mantine/core';
import { IconCircle, IconCircleCheckFilled } from '@tabler/icons-react';
import { REQUIRED_FIELDS, WANTED_FIELDS, type Field } from '@/api/fields';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { columnOf, type Draft, type Missing } from './draft';

export function FieldChecklist({ draft, lacking }: { draft: Draft; lacking: Missing }) {
  const { mapping: words } = useMessages();
  return (
    <Card>
      <Stack gap="sm">
        <Fields
          title={words.needed}
          fields={REQUIRED_FIELDS}
          absent={words.missing}
          draft={draft}
        />
        <Fields
          title={words.recommended}
          fields={WANTED_FIELDS}
          absent={words.absent}
          draft={draft}
        />
        {lacking.wanted.length > 0 ? (
          <Text size="xs" c="dimmed">
            {words.recommendedHint}
          </Text>
        ) : null}
      </Stack>
    </Card>
  );
}

interface FieldsProps {
  title: string;
  fields: readonly Field[];
  absent: string;
  draft: Draft;
}

function Fields({ title, fields, absent, draft }: FieldsProps) {
  const { mapping: words, field: names } = useMessages();
  return (
    <div>
      <Text size="sm" fw={600} mb={4}>
        {title}
      </Text>
      <Stack gap={6}>
        {fields.map((field) => {
          const column = columnOf(draft, field);
          return (
            <Group key={field} gap={8} wrap="nowrap" align="flex-start">
              {column ? (
                <IconCircleCheckFilled size={18} color="var(--status-resolved)" aria-hidden />
              ) : (
                <IconCircle size={18} color="var(--mantine-color-dimmed)" aria-hidden />
              )}
              <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
                {names[field]}{' '}
                <Text span size="sm" c="dimmed">
                  {column
                    ? words.found(column)
                    : draft.without.includes(field)
                      ? words.goesWithout
                      : absent}
                </Text>
              </Text>
            </Group>
          );
        })}
      </Stack>
    </div>
  );
}
