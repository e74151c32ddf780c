import { ActionIcon, Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconBookmarkPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useMessages } from '@/i18n/i18n';
import { Dialog } from '@/ui/dialog';
import { isCurrent, LONGEST_NAME, type SavedView, type ViewSearch } from './saved-views';
import { useViews } from './use-views';
import classes from './view-chips.module.css';

interface ViewChipsProps {
  search: ViewSearch;
  onChoose: (search: ViewSearch) => void;
}

/** The usual questions, and those that the reader has kept. */
export function ViewChips({ search, onChoose }: ViewChipsProps) {
  const { views: words } = useMessages();
  const { saved, save, remove } = useViews();
  const [naming, setNaming] = useState(false);
  // These are asked of the warehouse that one is in; a view of one's own keeps its warehouse.
  const { warehouse } = search;
  const usual: SavedView[] = [
    { name: words.all, search: { warehouse } },
    { name: words.open, search: { warehouse, status: 'open' } },
    { name: words.mine, search: { warehouse, status: 'open', assignee: 'me' } },
    { name: words.late, search: { warehouse, status: 'open', due: 'late' } },
    { name: words.dueSoon, search: { warehouse, status: 'open', due: 'week' } },
  ];
  // Table or board is how a question is looked at, not the question.
  const current = { ...search, view: undefined };
  const known = [...usual, ...saved].some((view) =>
    isCurrent({ ...view.search, view: undefined }, current),
  );

  return (
    <Group gap={6} role="group" aria-label={words.title}>
      {usual.map((view) => (
        <Chip key={view.name} view={view} current={current} onChoose={onChoose} />
      ))}
      {saved.map((view) => (
        <span key={view.name} className={classes.saved}>
          <Chip view={view} current={current} onChoose={onChoose} />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="md"
            aria-label={words.remove(view.name)}
            onClick={() => remove(view.name)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </span>
      ))}
      {known ? null : (
        <Button
          size="xs"
          variant="subtle"
          leftSection={<IconBookmarkPlus size={16} aria-hidden />}
          onClick={() => setNaming(true)}
        >
          {words.save}
        </Button>
      )}
      {naming ? (
        <NameDialog
          onClose={() => setNaming(false)}
          onName={(name) => {
            save({ name, search });
            setNaming(false);
          }}
        />
      ) : null}
    </Group>
  );
}

interface ChipProps {
  view: SavedView;
  current: ViewSearch;
  onChoose: ViewChipsProps['onChoose'];
}

function Chip({ view, current, onChoose }: ChipProps) {
  const active = isCurrent({ ...view.search, view: undefined }, current);
  return (
    <Button
      size="xs"
      radius="xl"
      variant={active ? 'filled' : 'default'}
      aria-pressed={active}
      onClick={() => onChoose(view.search)}
    >
      {view.name}
    </Button>
  );
}

function NameDialog({ onName, onClose }: { onName: (name: string) => void; onClose: () => void }) {
  const { views: words, action } = useMessages();
  const [name, setName] = useState('');
  return (
    <Dialog onClose={onClose} title={words.saveTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) onName(name.trim());
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.name}
            maxLength={LONGEST_NAME}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Text size="sm" c="dimmed">
            {words.saveText}
          </Text>
          <Button type="submit" ml="auto" disabled={!name.trim()}>
            {action.save}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}
