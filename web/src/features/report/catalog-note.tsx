import { Text } from '@mantine/core';
import type { Report } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';

/** How many of the file's product codes the catalog knew, and whether it says something else now. */
export function CatalogNote({ catalog }: Pick<Report, 'catalog'>) {
  const { report: words } = useMessages();
  const { number } = useFormat();
  if (!catalog) return null;
  const { codes, known, not_looked_up: left, changed } = catalog;
  return (
    <Text size="sm">
      {words.catalogKnows(number(known), codes)}
      {left > 0 ? ` ${words.catalogLeftOut(number(left))}` : null}
      {changed ? ` ${words.catalogChanged}` : null}
    </Text>
  );
}
