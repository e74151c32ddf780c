import { Text } from '@mantine/core';
import { ownSecurityEventsQuery } from '@/api/audit';
import { AuditList } from '@/domain/audit/audit-list';
import { useAuditWords } from '@/i18n/audit';
import { Card } from '@/ui/card';

/** The security events of the reader's account. */
export function EventsCard() {
  const words = useAuditWords();
  return (
    <Card title={words.recent}>
      <Text size="sm" c="dimmed">
        {words.recentLead}
      </Text>
      <AuditList query={ownSecurityEventsQuery()} />
    </Card>
  );
}
