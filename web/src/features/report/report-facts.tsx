import { Group, Text } from '@mantine/core';
import type { Report } from '@/api/reports';
import { ReportStatusMark } from '@/domain/reports/report-status';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';

/** Of what file, of which moment, judged by which layout. */
export function ReportFacts({ report }: { report: Report }) {
  const { report: words, scope } = useMessages();
  const format = useFormat();
  const warehouseName = useWarehouseName()(report.warehouse_id);
  const source = report.as_of_source ? words.asOfSource[report.as_of_source] : undefined;
  const itsLayout = report.layout?.source === 'warehouse';
  const warehouse = report.warehouse_id ? (
    <TextLink
      underline="always"
      to="/w/$warehouse/layout"
      params={{ warehouse: report.warehouse_id }}
    >
      {warehouseName ?? words.layoutSource.warehouse}
    </TextLink>
  ) : null;
  return (
    <Group gap="2px 8px" component="span">
      <ReportStatusMark report={report} />
      {report.as_of ? (
        <Fact>
          {words.snapshot} {format.dateTime(report.as_of, report.timezone)}
          {source ? `, ${source}` : ''}
        </Fact>
      ) : null}
      {report.scope === 'part' || report.scope_said ? (
        <Fact>
          {report.scope === 'part' ? scope.isPart : scope.isWhole}
          {report.scope_said ? `, ${scope.saidBy(report.scope_said.by)}` : ''}
        </Fact>
      ) : null}
      <Fact>
        {report.filename}
        {report.file ? ` (${format.bytes(report.file.size)})` : ''}
      </Fact>
      {warehouse && !itsLayout ? (
        <Fact>
          {words.warehouse} {warehouse}
        </Fact>
      ) : null}
      {report.layout ? (
        <Fact>
          {words.layout} {itsLayout ? warehouse : words.layoutSource[report.layout.source]}
        </Fact>
      ) : null}
    </Group>
  );
}

function Fact({ children }: { children: React.ReactNode }) {
  return (
    <Text span size="sm" c="dimmed">
      <Text span inherit visibleFrom="sm" aria-hidden>
        ·{' '}
      </Text>
      {children}
    </Text>
  );
}
