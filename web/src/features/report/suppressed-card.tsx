import { Button, Group, Stack, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Report } from '@/api/reports';
import { deleteSuppression, SUPPRESSIONS } from '@/api/suppressions';
import { mayConfigure, useReportRole } from '@/domain/access/membership-role';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';

type Used = NonNullable<Report['suppressions']>[number];

/** What this analysis left out on purpose, by whose word; nothing is hidden in silence. */
export function SuppressedCard({ report }: { report: Report }) {
  const { suppress: words } = useMessages();
  const title = useRuleTitle();
  const format = useFormat();
  const [removing, setRemoving] = useState<Used | null>(null);
  const may = mayConfigure(useReportRole(report));
  const used = report.suppressions ?? [];
  if (used.length === 0) return null;
  return (
    <Card title={words.used}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {words.usedLead}
        </Text>
        <Table.ScrollContainer minWidth={480} type="native" tabIndex={0}>
          <Table aria-label={words.used}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{words.rule}</Table.Th>
                <Table.Th>{words.pattern}</Table.Th>
                <Table.Th>{words.until}</Table.Th>
                <Table.Th>{words.reason}</Table.Th>
                <Table.Th>
                  <VisuallyHidden>{words.remove}</VisuallyHidden>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {used.map((suppression) => (
                <Table.Tr key={suppression.id}>
                  <Table.Td>{title(suppression.rule)}</Table.Td>
                  <Table.Td>
                    <Text span className="code" size="sm">
                      {suppression.subject_pattern}
                    </Text>
                    <Text size="xs" c="dimmed" className="numbers">
                      {words.count(suppression.suppressed)}
                    </Text>
                  </Table.Td>
                  <Table.Td className="numbers">{format.date(suppression.until)}</Table.Td>
                  <Table.Td style={{ overflowWrap: 'anywhere' }}>{suppression.reason}</Table.Td>
                  <Table.Td>
                    {may ? (
                      <Group justify="flex-end">
                        <Button
                          size="xs"
                          variant="default"
                          onClick={() => setRemoving(suppression)}
                        >
                          {words.remove}
                        </Button>
                      </Group>
                    ) : null}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      </Stack>
      {removing ? <Removal suppression={removing} onClose={() => setRemoving(null)} /> : null}
    </Card>
  );
}

function Removal({ suppression, onClose }: { suppression: Used; onClose: () => void }) {
  const { suppress: words } = useMessages();
  const title = useRuleTitle();
  const queries = useQueryClient();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => deleteSuppression(suppression.id),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: SUPPRESSIONS });
      notify.done(words.removed);
      onClose();
    },
    onError: notify.failed,
  });
  return (
    <Confirm
      opened
      title={words.removeTitle}
      confirm={words.remove}
      pending={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {words.removeText(title(suppression.rule), suppression.subject_pattern)}
    </Confirm>
  );
}
