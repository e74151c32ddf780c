import { Button, Stack, Table, Text, Title } from '@mantine/core';
import { IconListDetails } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { AnomalyDetail } from '@/api/anomalies';
import { reanalyze, reportKey, type Report } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { floodOf, type Flood } from './flood';

interface FloodSectionProps {
  anomaly: AnomalyDetail;
  report: Report | undefined;
  mayList: boolean;
  /** Once it is being listed: this anomaly will be gone. */
  onListed: () => void;
}

/** What the many are like, and how to work them one by one after all. */
export function FloodSection({ anomaly, report, mayList, onListed }: FloodSectionProps) {
  const { flood: words } = useMessages();
  const [open, setOpen] = useState(false);
  const flood = floodOf(anomaly);
  if (!flood) return null;
  const settled = report?.status === 'ready' || report?.status === 'failed';
  return (
    <Stack gap="xs">
      <Patterns flood={flood} />
      {report && settled && mayList && !anomaly.newer ? (
        <Button
          variant="default"
          w="fit-content"
          leftSection={<IconListDetails size={16} aria-hidden />}
          onClick={() => setOpen(true)}
        >
          {words.list}
        </Button>
      ) : null}
      {report && open ? (
        <ListEach
          report={report}
          rule={anomaly.rule}
          count={flood.subjects}
          onClose={() => setOpen(false)}
          onListed={onListed}
        />
      ) : null}
    </Stack>
  );
}

function Patterns({ flood: { patterns, inPlaces } }: { flood: Flood }) {
  const { flood: words } = useMessages();
  const format = useFormat();
  if (patterns.length === 0) return null;
  const title = inPlaces ? words.places : words.patterns;
  return (
    <section aria-label={title}>
      <Title order={3} size="h6" mb={4}>
        {title}
      </Title>
      <Table aria-label={title}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.pattern}</Table.Th>
            <Table.Th ta="right">{words.count}</Table.Th>
            <Table.Th>{words.example}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {patterns.map(({ pattern, count, example }) => (
            <Table.Tr key={pattern}>
              <Table.Td className="code">{pattern}</Table.Td>
              <Table.Td ta="right" className="numbers">
                {format.number(count)}
              </Table.Td>
              <Table.Td className="code">{example}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

interface ListEachProps {
  report: Report;
  rule: string;
  count: number;
  onClose: () => void;
  onListed: () => void;
}

function ListEach({ report, rule, count, onClose, onListed }: ListEachProps) {
  const { flood: words, report: reportWords } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const listing = useMutation({
    mutationFn: () => reanalyze(report.id, { single: [...report.single, rule] }),
    onSuccess: (queued) => {
      queries.setQueryData(reportKey(report.id), queued);
      notify.done(reportWords.started);
      onListed();
    },
    onError: notify.failed,
  });
  return (
    <Confirm
      opened
      title={words.listTitle}
      confirm={words.confirm}
      pending={listing.isPending}
      onConfirm={() => listing.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.listText(count)}</Text>
      <Text size="sm">{words.listBetter}</Text>
    </Confirm>
  );
}
