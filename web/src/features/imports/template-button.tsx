import { Button } from '@mantine/core';
import { IconTable } from '@tabler/icons-react';
import { useMemo } from 'react';
import { ITEM_FIELDS } from '@/api/imports';
import { useImportWords } from '@/i18n/imports';

/** An empty table with every column that an import knows, in the words of the page. */
export function TemplateButton() {
  const words = useImportWords();
  const href = useMemo(() => {
    const header = ITEM_FIELDS.map((field) => words.fields[field]).join(',');
    // With a byte order mark, which Excel needs to read accents.
    return `data:text/csv;charset=utf-8,${encodeURIComponent(`\uFEFF${header}\r\n`)}`;
  }, [words]);
  return (
    <Button
      component="a"
      href={href}
      download={words.templateName}
      variant="default"
      leftSection={<IconTable size={18} aria-hidden />}
    >
      {words.template}
    </Button>
  );
}
