import { Alert, Stack } from '@mantine/core';
import type { ReportSummary } from '@/api/reports';
import { TextLink } from '@/ui/link';
import { useMessages } from '@/i18n/i18n';
import classes from './dashboard.module.css';
import { inOrder } from './latest';
import { SnapshotCard } from './snapshot-card';
import { UrgentList } from './urgent-list';

/** How reports stand that are of no warehouse: nothing connects them but their time. */
export function LooseReports({ reports }: { reports: readonly ReportSummary[] }) {
  const { dashboard: words } = useMessages();
  const loose = inOrder(reports);
  const newest = loose.at(-1);
  if (!newest) return null;
  return (
    <>
      <Alert variant="light" color="gray">
        {words.addLayout}{' '}
        <TextLink to="/warehouses" underline="always">
          {words.addLayoutAction}
        </TextLink>
      </Alert>
      <div className={classes.columns}>
        <Stack gap="md" miw={0}>
          <SnapshotCard newest={newest} reports={loose} />
        </Stack>
        <UrgentList report={newest.id} />
      </div>
    </>
  );
}
