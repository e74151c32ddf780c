import { Switch } from '@mantine/core';
import { useCatalogWords } from '@/i18n/catalog';

interface ArchivedSwitchProps {
  shown: boolean;
  onChange: (shown: true | undefined) => void;
}

/** Whether what is offered no more is shown, too; it stands in the address. */
export function ArchivedSwitch({ shown, onChange }: ArchivedSwitchProps) {
  const words = useCatalogWords();
  return (
    <Switch
      label={words.showArchived}
      checked={shown}
      onChange={(event) => onChange(event.currentTarget.checked || undefined)}
    />
  );
}
