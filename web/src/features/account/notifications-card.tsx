import { Checkbox, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Profile } from '@/api/account';
import { useOperationsWords } from '@/i18n/operations';
import { Card } from '@/ui/card';
import { useProfileChange } from './profile-change';

const KINDS = [
  'report_ready',
  'report_question',
  'report_failed',
  'assignment',
  'mention',
] as const;

/** Where the reader is told of what; each choice is saved at once. */
export function NotificationsCard({ profile }: { profile: Profile }) {
  const { preferences: words } = useOperationsWords();
  const saving = useProfileChange(profile, () => words.saved);
  return (
    <Card title={words.title}>
      <Text size="sm" c="dimmed">
        {words.lead}
      </Text>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Td />
            <Table.Th scope="col">{words.page}</Table.Th>
            <Table.Th scope="col">{words.mail}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {KINDS.map((kind) => {
            const channels = profile.notifications[kind];
            const name = words.kind[kind];
            return (
              <Table.Tr key={kind}>
                <Table.Th scope="row" fw={400}>
                  {name}
                </Table.Th>
                <Table.Td>
                  <Choice
                    label={words.onPage(name)}
                    saved={channels.page}
                    disabled={saving.isPending}
                    onChange={(page, onError) =>
                      saving.mutate({ notifications: { [kind]: { page } } }, { onError })
                    }
                  />
                </Table.Td>
                <Table.Td>
                  {'mail' in channels ? (
                    <Choice
                      label={words.byMail(name)}
                      saved={channels.mail}
                      disabled={saving.isPending}
                      onChange={(mail, onError) =>
                        saving.mutate({ notifications: { [kind]: { mail } } }, { onError })
                      }
                    />
                  ) : null}
                </Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </Card>
  );
}

/** Shows what was chosen at once, and what is saved again where saving fails. */
function Choice({
  label,
  saved,
  disabled,
  onChange,
}: {
  label: string;
  saved: boolean;
  disabled: boolean;
  onChange: (checked: boolean, onError: () => void) => void;
}) {
  const [checked, setChecked] = useState(saved);
  return (
    <Checkbox
      aria-label={label}
      checked={checked}
      disabled={disabled}
      onChange={({ currentTarget }) => {
        setChecked(currentTarget.checked);
        onChange(currentTarget.checked, () => setChecked(saved));
      }}
    />
  );
}
