import { Button, Stack, Text } from '@mantine/core';
import { IconFileExport } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { auditQuery, securityEventsQuery } from '@/api/audit';
import { AuditList } from '@/domain/audit/audit-list';
import { filterOf } from '@/domain/audit/audit-selection';
import { useAuditWords } from '@/i18n/audit';
import { AdministrationFrame } from './administration-frame';
import { AuditExportDialog } from './audit-export-dialog';
import { AuditFilters } from './audit-filters';

const route = getRouteApi('/inside/admin/audit');

/** What was changed that is the company's; of a person or an object, everywhere. */
export function AuditPage() {
  const words = useAuditWords();
  const search = route.useSearch();
  const [exporting, setExporting] = useState(false);
  const filter = filterOf(search);
  const filtered = Object.values(filter).some(Boolean);
  return (
    <AdministrationFrame
      actions={
        <Button
          variant="default"
          leftSection={<IconFileExport size={18} aria-hidden />}
          onClick={() => setExporting(true)}
        >
          {words.export}
        </Button>
      }
    >
      <Stack gap="sm" maw={930}>
        <Text c="dimmed">{words.lead}</Text>
        <AuditFilters />
        <AuditList query={auditQuery(filter)} filtered={filtered} />
      </Stack>
      {exporting ? <AuditExportDialog filter={filter} onClose={() => setExporting(false)} /> : null}
    </AdministrationFrame>
  );
}

export function SecurityEventsPage() {
  return (
    <AdministrationFrame>
      <Stack gap="sm" maw={760}>
        <AuditList query={securityEventsQuery()} />
      </Stack>
    </AdministrationFrame>
  );
}
