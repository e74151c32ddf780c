import { Alert } from '@mantine/core';
import { IconBulb } from '@tabler/icons-react';
import type { Report } from '@/api/reports';
import { useScope } from '@/domain/warehouses/scope';
import { useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';

/** That a file was read as an earlier one with the same columns; or why it was not. */
export function SavedMappingNote({ used }: { used: Report['saved_mapping'] }) {
  const { mapping: words } = useMessages();
  const warehouse = useScope();
  if (!used) return null;
  return (
    <Alert variant="light" color="gray" icon={<IconBulb aria-hidden />}>
      {used.applied ? words.savedUsed(used.name) : words.savedUnused(used.name)}{' '}
      {!used.applied && used.detail ? `${used.detail} ` : null}
      <TextLink to="/w/$warehouse/columns" params={{ warehouse }} underline="always">
        {words.savedAll}
      </TextLink>
    </Alert>
  );
}
