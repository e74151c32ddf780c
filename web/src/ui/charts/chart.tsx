import { Button, Group, Stack, Table, Text, Title } from '@mantine/core';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useMessages } from '@/i18n/i18n';
import classes from './charts.module.css';
import type { Series } from './series';

interface ChartProps {
  title: string;
  lead?: ReactNode;
  /** The same numbers as a table: a head, and rows whose first cell names them. */
  head: readonly string[];
  rows: readonly (readonly ReactNode[])[];
  /** How deep the chart's title is on its page. */
  order?: 2 | 3;
  children: ReactNode;
}

/** A chart with its title, and its numbers as a table for whoever reads better that way. */
export function Chart({ title, lead, head, rows, order = 3, children }: ChartProps) {
  const { chart: words } = useMessages();
  const [asTable, setAsTable] = useState(false);
  const Sign = asTable ? IconChartBar : IconTable;
  return (
    <Stack gap="xs" role="group" aria-label={title}>
      <Group justify="space-between" gap="xs" align="flex-start" wrap="nowrap">
        <div>
          <Title order={order} size={order === 2 ? 'h5' : 'h6'}>
            {title}
          </Title>
          {lead ? (
            <Text size="sm" c="dimmed">
              {lead}
            </Text>
          ) : null}
        </div>
        <Button
          size="compact-sm"
          variant="subtle"
          style={{ flex: 'none' }}
          leftSection={<Sign size={16} aria-hidden />}
          aria-label={`${asTable ? words.asChart : words.asTable}: ${title}`}
          onClick={() => setAsTable(!asTable)}
        >
          {asTable ? words.asChart : words.asTable}
        </Button>
      </Group>
      {asTable ? (
        // It can be scrolled, so the keyboard must reach it.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        <div className={classes.table} tabIndex={0} role="region" aria-label={title}>
          <Table aria-label={title} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                {head.map((name, index) => (
                  <Table.Th key={name} ta={index === 0 ? undefined : 'right'}>
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row, line) => (
                <Table.Tr key={line}>
                  {row.map((cell, index) =>
                    index === 0 ? (
                      <Table.Th key={index} scope="row" fw={500}>
                        {cell}
                      </Table.Th>
                    ) : (
                      <Table.Td key={index} ta="right" className="numbers">
                        {cell}
                      </Table.Td>
                    ),
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        children
      )}
    </Stack>
  );
}

export function Legend({ series }: { series: readonly Series[] }) {
  return (
    <ul className={classes.legend}>
      {series.map(({ key, label, color }) => (
        <li key={key}>
          <span className={classes.swatch} style={{ background: color }} aria-hidden />
          {label}
        </li>
      ))}
    </ul>
  );
}
