import { Alert, Anchor, List } from '@mantine/core';
import type { ItemImport } from '@/api/imports';
import { useImportWords } from '@/i18n/imports';

/** Items that were right when the file was checked and could not be written any more, with why. */
export function SkippedRows({ found }: { found: ItemImport }) {
  const words = useImportWords();
  const count = found.result?.skipped ?? 0;
  if (count === 0) return null;
  return (
    <Alert color="red" variant="light" role="alert" title={words.skipped(count)}>
      <List size="sm">
        {(found.skipped ?? []).map(({ rows, detail }) => (
          <List.Item key={rows.join(' ')}>
            {words.inRows(rows.join(', '))} {detail}
          </List.Item>
        ))}
      </List>
      {found.skipped_url ? (
        <Anchor href={found.skipped_url} size="sm" underline="always">
          {words.skippedFile}
        </Anchor>
      ) : null}
    </Alert>
  );
}
