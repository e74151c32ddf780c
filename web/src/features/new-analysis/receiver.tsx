import { Alert, Loader, Text } from '@mantine/core';
import type { useChosenWarehouse } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';

interface ReceiverProps {
  warehouse: ReturnType<typeof useChosenWarehouse>;
  /** Whether the reader may not send to it. */
  readOnly: boolean;
}

/** Which warehouse the files will be of. */
export function Receiver({ warehouse: { id, data }, readOnly }: ReceiverProps) {
  const { upload: words } = useMessages();
  if (id === undefined)
    return (
      <Alert variant="light" color="gray" title={words.noneTitle}>
        {words.none}
      </Alert>
    );
  return (
    <div>
      <Text size="sm" fw={500}>
        {words.warehouse}
      </Text>
      <Text fw={600} fz="lg" style={{ overflowWrap: 'anywhere' }}>
        {data ? data.name : <Loader size="xs" />}
      </Text>
      {readOnly ? (
        <Alert variant="light" color="gray" mt="xs">
          {words.notYours}
        </Alert>
      ) : (
        <Text size="sm" c="dimmed">
          {words.warehouseHint}
        </Text>
      )}
    </div>
  );
}
