import { Table, Text } from '@mantine/core';
import type { ItemImportSummary } from '@/api/imports';
import { useFormat } from '@/i18n/i18n';
import { useImportWords } from '@/i18n/imports';
import { Card } from '@/ui/card';
import { TextLink } from '@/ui/link';
import { StackedTable } from '@/ui/stacked-table';
import stacked from '@/ui/stacked-table.module.css';
import { ImportStatus } from './import-status';

/** The imports of the company, newest first. */
export function ImportList({ imports }: { imports: readonly ItemImportSummary[] }) {
  const words = useImportWords();
  const format = useFormat();
  return (
    <Card title={words.earlier} p={0}>
      <StackedTable
        inset
        label={words.earlier}
        head={
          <>
            <Table.Th>{words.file}</Table.Th>
            <Table.Th>{words.status}</Table.Th>
            <Table.Th>{words.outcome}</Table.Th>
            <Table.Th>{words.by}</Table.Th>
          </>
        }
      >
        {imports.map((each) => (
          <Table.Tr key={each.id}>
            <Table.Td className={stacked.name}>
              <TextLink to="/items/imports/$importId" params={{ importId: each.id }}>
                {each.filename}
              </TextLink>
            </Table.Td>
            <Table.Td>
              <ImportStatus of={each} />
            </Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed">
                {outcome(each, words)}
              </Text>
            </Table.Td>
            <Table.Td>
              <Text size="sm" c="dimmed">
                {[each.created_by, format.dateTime(each.created_at)].filter(Boolean).join(' · ')}
              </Text>
            </Table.Td>
          </Table.Tr>
        ))}
      </StackedTable>
    </Card>
  );
}

function outcome(
  { error_total, result, counts }: ItemImportSummary,
  words: ReturnType<typeof useImportWords>,
): string {
  if (error_total > 0) return words.faults(error_total);
  if (result) return words.written(result.created, result.changed);
  return counts ? words.found(counts.items) : '';
}
