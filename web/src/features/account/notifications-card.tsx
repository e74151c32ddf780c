import { Checkbox, Table, Text } from '@mantine/core';
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
                  <Checkbox
                    aria-label={words.onPage(name)}
                    checked={channels.page}
                    disabled={saving.isPending}
                    onChange={({ currentTarget: { checked } }) =>
                      saving.mutate({ notifications: { [kind]: { page: checked } } })
                    }
                  />
                </Table.Td>
                <Table.Td>
                  {'mail' in channels ? (
                    <Checkbox
                      aria-label={words.byMail(name)}
                      checked={channels.mail}
                      disabled={saving.isPending}
                      onChange={({ currentTarget: { checked } }) =>
                        saving.mutate({ notifications: { [kind]: { mail: checked } } })
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
