import { Text } from '@mantine/core';
import { supplierFiguresQuery, type SupplierFigures } from '@/api/analytics';
import { useFigureWords } from '@/i18n/analytics';
import { useFormat } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';
import { FigureTable } from './figure-table';
import { RankedSection } from './ranked-section';
import { useFigures, useWorth } from './use-figures';

/** How suppliers do. */
export function SuppliersSection() {
  const words = useFigureWords();
  const { filter } = useFigures();
  return (
    <RankedSection
      lead={words.suppliers.lead}
      query={supplierFiguresQuery(filter)}
      empty={words.suppliers.nothing}
      table={(rows, whole) => <SupplierTable rows={rows} currency={whole.currency} />}
    />
  );
}

interface SupplierTableProps {
  rows: readonly SupplierFigures[];
  currency: string | null;
}

function SupplierTable({ rows, currency }: SupplierTableProps) {
  const { suppliers: words, stock, section } = useFigureWords();
  const format = useFormat();
  const money = useWorth(currency);
  const percent = (share: number | null) => (share === null ? '–' : format.percent(share));
  const days = (count: number | null) =>
    count === null ? '–' : words.daysShort(format.number(count));
  return (
    <FigureTable
      label={section.suppliers}
      head={words.supplier}
      rows={rows}
      keyOf={(row) => row.id}
      name={(row) => (
        <TextLink
          to="/orders"
          search={{ view: 'all', supplier: row.id }}
          underline="always"
          size="sm"
          fw={600}
        >
          {row.name ?? stock.unknown}
        </TextLink>
      )}
      columns={[
        {
          name: words.orders,
          cell: (row) => (
            <>
              {format.number(row.orders)}
              {row.open > 0 ? (
                <Text span size="xs" c="dimmed">
                  {` ${words.openOrders(row.open)}`}
                </Text>
              ) : null}
            </>
          ),
        },
        { name: words.ordered, cell: (row) => money(row.value) },
        { name: words.inTime, cell: (row) => percent(row.in_time) },
        { name: words.measured, cell: (row) => days(row.measured_lead_time_days) },
        {
          name: words.promised,
          cell: (row) => days(row.promised_lead_time_days ?? row.usual_lead_time_days),
        },
        { name: words.filled, cell: (row) => percent(row.filled) },
      ]}
    />
  );
}
