import { Stack, Text } from '@mantine/core';
import { auditQuery, securityEventsQuery } from '@/api/audit';
import { AuditList } from '@/domain/audit/audit-list';
import { useAuditWords } from '@/i18n/audit';
import { AdministrationFrame } from './administration-frame';

/** What was changed that is the company's; each warehouse has its own history. */
export function AuditPage() {
  const words = useAuditWords();
  return (
    <AdministrationFrame>
      <Stack gap="sm" maw={760}>
        <Text c="dimmed">{words.lead}</Text>
        <AuditList query={auditQuery({})} />
      </Stack>
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
