import { IconChecks } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { asksScope, isUnderWay, previewQuery, reportQuery, type Report } from '@/api/reports';
import { SavedMappingNote } from '@/domain/fields/saved-mapping-note';
import { AnalysisProgress } from '@/domain/reports/analysis-progress';
import { SourceSystem } from '@/domain/reports/source-system';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { ButtonLink } from '@/ui/link';
import { Page } from '@/ui/page';
import { Loaded, Notice } from '@/ui/states';
import { MappingForm } from './mapping-form';

const route = getRouteApi('/inside/reports/$reportId/columns');

export function MappingPage() {
  const { reportId } = route.useParams();
  const query = useQuery(reportQuery(reportId));
  return (
    <Loaded query={query} page>
      {(report) => <MappingView report={report} />}
    </Loaded>
  );
}

function MappingView({ report }: { report: Report }) {
  const { mapping: words, scope } = useMessages();
  const asksPart = asksScope(report);
  const warehouse = useWarehouseName()(report.moving?.warehouse_id ?? report.warehouse_id) ?? '';
  return (
    <Page
      title={asksPart ? scope.title : words.title}
      lead={asksPart ? scope.lead(report.filename, warehouse) : words.lead(report.filename)}
    >
      {isUnderWay(report) ? (
        <Card title={words.reading}>
          <AnalysisProgress report={report} />
          <ButtonLink
            to="/reports/$reportId"
            params={{ reportId: report.id }}
            variant="default"
            w="fit-content"
          >
            {words.toReport}
          </ButtonLink>
        </Card>
      ) : report.status === 'awaiting_upload' ? (
        <Notice
          icon={IconChecks}
          title={words.nothing}
          action={
            <ButtonLink to="/reports/$reportId" params={{ reportId: report.id }} variant="default">
              {words.toReport}
            </ButtonLink>
          }
        />
      ) : (
        <Questions report={report} />
      )}
    </Page>
  );
}

function Questions({ report }: { report: Report }) {
  const query = useQuery(previewQuery(report.id, report.updated_at));
  return (
    <Loaded query={query}>
      {(preview) => (
        <>
          <SavedMappingNote used={preview.saved_mapping} />
          <SourceSystem source_system={preview.source_system} />
          <MappingForm key={report.updated_at} report={report} preview={preview} />
        </>
      )}
    </Loaded>
  );
}
