import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { auditQuery, type AuditFilter } from '@/api/audit';
import { useAuditWords } from '@/i18n/audit';
import { AuditList } from './audit-list';

interface AuditHistoryProps {
  /** What the entries are about, and of which warehouse. */
  filter: Pick<AuditFilter, 'warehouse_id' | 'object'>;
}

/** Who changed one thing, read when somebody asks for it: most who look at the thing do not. */
export function AuditHistory({ filter }: AuditHistoryProps) {
  const words = useAuditWords();
  const [shown, setShown] = useState(false);
  if (!shown) {
    return (
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        onClick={() => setShown(true)}
      >
        {words.show}
      </Button>
    );
  }
  return (
    <Stack gap="xs">
      <Text size="xs" c="dimmed">
        {words.sealedOnly}
      </Text>
      <AuditList query={auditQuery(filter, 10)} />
    </Stack>
  );
}
