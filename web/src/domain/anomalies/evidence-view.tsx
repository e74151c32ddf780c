import { Button, Stack, Table, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AnomalyDetail } from '@/api/anomalies';
import { useFormat, useMessages } from '@/i18n/i18n';
import { evidenceTable, type EvidenceCell } from './evidence';

const FIRST_ROWS = 8;
/** So that thousands do not hold up the page. */
const MORE_ROWS = 500;

interface EvidenceViewProps {
  anomaly: AnomalyDetail;
  /** That of the report, in which times of the file without one were read; undefined until known. */
  timezone: string | undefined;
}

/** The rows of the file that prove it: what stands there, and how it was read where that differs. */
export function EvidenceView({ anomaly, timezone }: EvidenceViewProps) {
  const { panel: words } = useMessages();
  const format = useFormat();
  const [limit, setLimit] = useState(FIRST_ROWS);
  const { columns, rows } = useMemo(
    () => evidenceTable(anomaly.evidence, timezone, format),
    [anomaly.evidence, timezone, format],
  );
  if (rows.length === 0) return null;
  if (rows.length === 1) return <SingleRow columns={columns} row={rows[0]!} />;
  const shown = rows.slice(0, limit);
  const more = Math.min(rows.length - shown.length, MORE_ROWS);
  const isCut = anomaly.evidence_total > anomaly.evidence.length;
  return (
    <Stack gap="xs">
      <Table.ScrollContainer minWidth={columns.length * 120} type="native" tabIndex={0}>
        <Table withRowBorders highlightOnHover aria-label={words.evidence}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{words.row(rows[0]!.sheet, '').replace(/[\s:]+$/, '')}</Table.Th>
              {columns.map((column) => (
                <Table.Th key={column}>{column}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map(({ row, cells }) => (
              <Table.Tr key={row}>
                <Table.Td className="numbers">{format.number(row)}</Table.Td>
                {cells.map((cell, index) => (
                  <Table.Td key={columns[index]}>
                    <CellText cell={cell} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {more > 0 ? (
        <Button
          size="xs"
          variant="default"
          onClick={() => setLimit(shown.length + more)}
          w="fit-content"
        >
          {words.moreRows(more)}
        </Button>
      ) : null}
      {isCut ? (
        <Text size="sm" c="dimmed">
          {words.firstRows(format.number(rows.length))}
        </Text>
      ) : null}
    </Stack>
  );
}

function SingleRow({
  columns,
  row,
}: {
  columns: string[];
  row: ReturnType<typeof evidenceTable>['rows'][number];
}) {
  const { panel: words } = useMessages();
  const format = useFormat();
  return (
    <Stack gap={6}>
      <Text size="sm" c="dimmed">
        {words.row(row.sheet, format.number(row.row))}
      </Text>
      <Table aria-label={words.evidence}>
        <Table.Tbody>
          {columns.map((column, index) => (
            <Table.Tr key={column}>
              <Table.Th scope="row" fw={500} w="40%">
                {column}
              </Table.Th>
              <Table.Td>
                <CellText cell={row.cells[index]} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}

function CellText({ cell }: { cell: EvidenceCell | undefined }) {
  const { panel: words } = useMessages();
  if (!cell) return null;
  return (
    <>
      {cell.raw === '' ? (
        <Text size="sm" c="dimmed">
          {words.empty}
        </Text>
      ) : (
        <Text size="sm" className="code">
          {cell.raw}
        </Text>
      )}
      {cell.parsed ? (
        <Text size="xs" c="dimmed">
          {words.parsed} {cell.parsed}
        </Text>
      ) : null}
    </>
  );
}
