import { Alert, Button, Text } from '@mantine/core';
import { IconBellOff } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { Anomaly } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { suppressionsQuery } from '@/api/suppressions';
import { useFormat, useMessages } from '@/i18n/i18n';
import { FreeText } from '@/ui/free-text';
import { suppressionOf } from './suppression';

const SuppressDialog = lazy(() =>
  import('./suppress-dialog').then((m) => ({ default: m.SuppressDialog })),
);

/** That it will not be reported again, or how to bring that about. For those who may configure. */
export function SuppressSection({ anomaly, report }: { anomaly: Anomaly; report: Report }) {
  const { suppress: words } = useMessages();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { data } = useInfiniteQuery(suppressionsQuery(report.warehouse_id));
  const known = data?.pages.flatMap((page) => page.suppressions) ?? [];
  const active = suppressionOf(anomaly, known);
  if (active) {
    return (
      <Alert
        variant="light"
        color="gray"
        icon={<IconBellOff aria-hidden />}
        title={words.active(format.date(active.until))}
      >
        <FreeText size="sm" text={active.reason} />
        <Text size="sm">({words.by(active.created_by)})</Text>
      </Alert>
    );
  }
  return (
    <>
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconBellOff size={16} aria-hidden />}
        onClick={() => setOpen(true)}
      >
        {words.action}
      </Button>
      {open ? (
        <Suspense>
          <SuppressDialog anomaly={anomaly} report={report} onClose={() => setOpen(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
