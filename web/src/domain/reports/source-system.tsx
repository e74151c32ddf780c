import { Text } from '@mantine/core';
import type { Report, ReportPreview } from '@/api/reports';
import { useMessages } from '@/i18n/i18n';

type Source = Pick<Report | ReportPreview, 'source_system'>;

/** Which warehouse system the file seems to come from, where its columns tell. */
export function SourceSystem({ source_system: system }: Source) {
  const { mapping: words } = useMessages();
  if (!system) return null;
  return <Text size="sm">{words.looksLike(system)}</Text>;
}
