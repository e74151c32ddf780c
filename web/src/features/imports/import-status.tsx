import { Badge } from '@mantine/core';
import type { ItemImportSummary } from '@/api/imports';
import { useImportWords } from '@/i18n/imports';

const COLORS: Record<ItemImportSummary['status'], string> = {
  awaiting_upload: 'gray',
  queued: 'gray',
  needs_mapping: 'orange',
  checking: 'blue',
  checked: 'blue',
  importing: 'blue',
  done: 'green',
  failed: 'red',
};

export function ImportStatus({ of }: { of: Pick<ItemImportSummary, 'status' | 'error_total'> }) {
  const words = useImportWords();
  const faulty = of.status === 'checked' && of.error_total > 0;
  return (
    <Badge variant="light" color={faulty ? 'red' : COLORS[of.status]} tt="none">
      {faulty ? words.faulty : words.statuses[of.status]}
    </Badge>
  );
}
