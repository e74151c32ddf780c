import { Table, Text } from '@mantine/core';
import type { ReportPreview } from '@/api/reports';
import { DATE_FIELDS, NUMBER_FIELDS, type Field } from '@/api/fields';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { readDate } from './date-reading';
import type { Draft } from './draft';
import { textsOf, usedColumns } from './joined-location';
import { readNumber } from './number-reading';

/** The first rows under the names that were chosen, with dates and numbers as they would be read. */
export function RowsPreview({ preview, draft }: { preview: ReportPreview; draft: Draft }) {
  const { mapping: words, field: names } = useMessages();
  const format = useFormat();
  const used = usedColumns(draft, preview).map(({ name, field }) => ({
    field,
    texts: textsOf(name, preview),
  }));
  if (used.length === 0 || preview.sample_rows.length === 0) return null;
  const { dateOrder: order, numberFormat: notation } = draft;
  const shown = (text: string, field: Field) => {
    const date = order && DATE_FIELDS.includes(field) ? readDate(text, order) : null;
    if (date) return format.longDate(date);
    const number = notation && NUMBER_FIELDS.includes(field) ? readNumber(text, notation) : null;
    return number === null ? text : format.plainNumber(number);
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
            {preview.sample_rows.slice(0, 5).map((_, rowIndex) => (
              <Table.Tr key={rowIndex}>
                {used.map(({ field, texts }) => (
                  <Table.Td key={field}>
                    <Text size="sm" truncate maw="14rem">
                      {shown(texts[rowIndex] ?? '', field)}
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
