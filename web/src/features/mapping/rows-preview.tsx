import { Table, Text } from '@mantine/core';
import type { ReportPreview } from '@/api/reports';
import { DATE_FIELDS } from '@/api/fields';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { readDate } from './date-reading';
import type { Draft } from './draft';

/** The first rows under the names that were chosen, with the dates as they would be understood. */
export function RowsPreview({ preview, draft }: { preview: ReportPreview; draft: Draft }) {
  const { mapping: words, field: names } = useMessages();
  const format = useFormat();
  const used = preview.columns.flatMap((column, index) => {
    const field = draft.fields[column.name];
    return field ? [{ field, index, name: column.name }] : [];
  });
  if (used.length === 0 || preview.sample_rows.length === 0) return null;
  const order = draft.dateOrder;
  const shown = (text: string, isDate: boolean) => {
    const date = isDate && order ? readDate(text, order) : null;
    return date ? format.longDate(date) : text;
  };
  return (
    <Card title={words.preview}>
      <Table.ScrollContainer minWidth={used.length * 130} type="native" tabIndex={0}>
        <Table verticalSpacing={6} aria-label={words.preview}>
          <Table.Thead>
            <Table.Tr>
              {used.map(({ field }) => (
                <Table.Th key={field}>{names[field]}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {preview.sample_rows.slice(0, 5).map((row, rowIndex) => (
              <Table.Tr key={rowIndex}>
                {used.map(({ field, index }) => (
                  <Table.Td key={field}>
                    <Text size="sm" truncate maw="14rem">
                      {shown(row[index] ?? '', DATE_FIELDS.includes(field))}
                    </Text>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="xs" c="dimmed">
        {words.previewRaw}
      </Text>
    </Card>
  );
}
