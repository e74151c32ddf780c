import { Badge, Button, Table, Text } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  deleteSuppression,
  SUPPRESSIONS,
  suppressionsQuery,
  type Suppression,
} from '@/api/suppressions';
import type { WarehouseSummary } from '@/api/warehouses';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { mayConfigure } from '@/domain/warehouses/membership-role';
import { useFormat } from '@/i18n/i18n';
import { LoadMore } from '@/ui/load-more';
import { FreeText } from '@/ui/free-text';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Card } from '@/ui/card';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { Loaded, Notice } from '@/ui/states';
import classes from './members.module.css';

/** What is not reported for a while, who said so and why. */
export function SuppressionsTab({ warehouse }: { warehouse: WarehouseSummary }) {
  const { suppressions: words } = useWarehouseWords();
  const query = useInfiniteQuery(suppressionsQuery(warehouse.id));
  const all = query.data?.pages.flatMap((page) => page.suppressions);
  return (
    <Loaded query={{ ...query, data: all }}>
      {(suppressions) =>
        suppressions.length === 0 ? (
          <Notice icon={IconBellOff} title={words.emptyTitle}>
            {words.empty}
          </Notice>
        ) : (
          <Card title={words.list}>
            <Text size="sm" c="dimmed">
              {words.lead}
            </Text>
            <List suppressions={suppressions} mayDelete={mayConfigure(warehouse.role)} />
            <LoadMore query={query} />
          </Card>
        )
      }
    </Loaded>
  );
}

interface ListProps {
  suppressions: readonly Suppression[];
  mayDelete: boolean;
}

function List({ suppressions, mayDelete }: ListProps) {
  const { suppressions: words } = useWarehouseWords();
  const title = useRuleTitle();
  const format = useFormat();
  const [removing, setRemoving] = useState<Suppression | null>(null);
  return (
    // It can be pushed aside on a phone, so the keyboard must reach it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.list}>
      <Table aria-label={words.list} verticalSpacing="sm" miw={640}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{words.rule}</Table.Th>
            <Table.Th>{words.subjects}</Table.Th>
            <Table.Th>{words.until}</Table.Th>
            <Table.Th>{words.reason}</Table.Th>
            <Table.Th>{words.by}</Table.Th>
            <Table.Td />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {suppressions.map((suppression) => (
            <Table.Tr key={suppression.id}>
              <Table.Th scope="row" fw={600}>
                {title(suppression.rule)}
              </Table.Th>
              <Table.Td className="code">{suppression.subject_pattern}</Table.Td>
              <Table.Td>
                {format.longDate(new Date(`${suppression.until}T00:00Z`))}{' '}
                {suppression.expired ? (
                  <Badge size="sm" variant="outline" color="gray" tt="none">
                    {words.expired}
                  </Badge>
                ) : null}
              </Table.Td>
              <Table.Td>
                <FreeText size="sm" text={suppression.reason} />
              </Table.Td>
              <Table.Td>
                {suppression.created_by}{' '}
                <Text span size="sm" c="dimmed">
                  {format.ago(suppression.created_at)}
                </Text>
              </Table.Td>
              <Table.Td ta="right">
                {mayDelete ? (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={words.removeOf(
                      title(suppression.rule),
                      suppression.subject_pattern,
                    )}
                    onClick={() => setRemoving(suppression)}
                  >
                    {words.remove}
                  </Button>
                ) : null}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {removing ? <Remove suppression={removing} onClose={() => setRemoving(null)} /> : null}
    </div>
  );
}

function Remove({ suppression, onClose }: { suppression: Suppression; onClose: () => void }) {
  const { suppressions: words } = useWarehouseWords();
  const title = useRuleTitle();
  const queries = useQueryClient();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => deleteSuppression(suppression.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: SUPPRESSIONS });
      notify.done(words.removed);
    },
    onError: notify.failed,
    onSettled: onClose,
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
