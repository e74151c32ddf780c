import { Button, Chip, Group, Stack, Table, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { ItemImport } from '@/api/imports';
import { useFormat } from '@/i18n/i18n';
import { useImportWords } from '@/i18n/imports';
import { Card } from '@/ui/card';
import { byColumn, inColumn, rowsAtFault } from './faults';
import classes from './imports.module.css';

/** So many are drawn at once; the rest is a button away. */
const STEP = 100;

/** Everything that is wrong with the file, row by row; narrowed to a column by a chip. */
export function ErrorTable({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const format = useFormat();
  const [column, setColumn] = useState<string | null>(null);
  const [shown, setShown] = useState(STEP);
  const errors = found.errors ?? [];
  const columns = byColumn(errors);
  const wanted = inColumn(errors, column);
  return (
    <Card title={words.faultsTitle(found.error_total, rowsAtFault(errors))}>
      <Stack>
        <Text size="sm">{words.faultsLead}</Text>
        {found.error_total > errors.length ? (
          <Text size="sm" c="dimmed">
            {words.faultsCut(format.number(errors.length))}
          </Text>
        ) : null}
        <Group justify="space-between">
          {columns.length > 1 ? (
            <Group gap="xs" role="group" aria-label={words.column}>
              {columns.map((each) => (
                <Chip
                  key={each.column}
                  size="xs"
                  checked={column === each.column}
                  onChange={(checked) => {
                    setColumn(checked ? each.column : null);
                    setShown(STEP);
                  }}
                >
                  {each.column || words.wholeRow} · {format.number(each.count)}
                </Chip>
              ))}
            </Group>
          ) : (
            <span />
          )}
          {found.errors_url ? (
            <Button
              component="a"
              href={found.errors_url}
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
            >
              {words.faultsFile}
            </Button>
          ) : null}
        </Group>
        <Table aria-label={words.faultsTable} verticalSpacing="xs" className={classes.faults}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.row}</Table.Th>
              <Table.Th>{words.column}</Table.Th>
              <Table.Th>{words.value}</Table.Th>
              <Table.Th>{words.wrong}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {wanted.slice(0, shown).map((error, index) => (
              <Table.Tr key={`${error.row} ${error.column ?? ''} ${index}`}>
                <Table.Td className="numbers">{words.rowNumber(format.number(error.row))}</Table.Td>
                <Table.Td className={classes.fault}>{error.column ?? words.wholeRow}</Table.Td>
                <Table.Td className={`${classes.fault} code`}>{error.value ?? '–'}</Table.Td>
                <Table.Td className={classes.fault}>{error.detail}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {wanted.length > shown ? (
          <Button variant="default" w="fit-content" onClick={() => setShown(shown + STEP)}>
            {words.more(wanted.length - shown)}
          </Button>
        ) : null}
      </Stack>
    </Card>
  );
}
