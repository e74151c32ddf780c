import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Warehouse } from '@/api/warehouses';
import { patternOf } from '@/domain/warehouses/classify';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Card } from '@/ui/card';
import { downloadCsv } from './download';
import { draftOf, toCsv } from './layout-draft';
import classes from './members.module.css';
import { TryCode } from './try-code';

const SHOWN = 200;

/** The layout for those who may not change it. */
export function LayoutView({ warehouse }: { warehouse: Warehouse }) {
  const { warehouses: words, locationType } = useMessages();
  const { layoutReadOnly } = useWarehouseWords();
  const format = useFormat();
  const rows = useMemo(() => draftOf(warehouse.layout), [warehouse.layout]);
  const patterns = useMemo(() => rows.map(patternOf), [rows]);
  return (
    <Stack gap="md">
      <Card
        title={words.layout}
        aside={
          <Button
            size="xs"
            variant="default"
            disabled={rows.length === 0}
            leftSection={<IconDownload size={16} aria-hidden />}
            onClick={() => downloadCsv(`${warehouse.name}.csv`, toCsv(rows))}
          >
            {words.export}
          </Button>
        }
      >
        <Text size="sm" c="dimmed">
          {layoutReadOnly} {rows.length > 0 ? words.layoutLead : null}
        </Text>
        {rows.length === 0 ? (
          <Text>{words.noLayout}</Text>
        ) : (
          // It can be pushed aside on a phone, so the keyboard must reach it.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={words.layout}>
            <Table aria-label={words.layout} miw={560}>
              <Table.Thead>
                <Table.Tr>
                  {[words.pattern, words.type, words.capacity, words.zone, words.allowed].map(
                    (name) => (
                      <Table.Th key={name}>{name}</Table.Th>
                    ),
                  )}
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.slice(0, SHOWN).map((row) => (
                  <Table.Tr key={row.key}>
                    <Table.Th scope="row" fw={500} className="code">
                      {row.location_pattern}
                    </Table.Th>
                    <Table.Td>{locationType[row.location_type] ?? row.location_type}</Table.Td>
                    <Table.Td className="numbers">
                      {row.capacity === '' ? '–' : format.number(row.capacity)}
                    </Table.Td>
                    <Table.Td>{row.zone || '–'}</Table.Td>
                    <Table.Td>{row.allowed_description || '–'}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </div>
        )}
        {rows.length > SHOWN ? (
          <Group>
            <Text size="sm" c="dimmed">
              {words.firstRows(format.number(SHOWN), format.number(rows.length))}
            </Text>
          </Group>
        ) : null}
      </Card>
      <TryCode rows={rows} patterns={patterns} />
    </Stack>
  );
}
