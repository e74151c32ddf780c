import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconDotsVertical,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { CATALOG } from '@/api/catalog';
import { hasStatus } from '@/api/problem';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { useInUseText } from './in-use';

interface EntryMenuProps {
  name: string;
  /** What the first entry is called, if not "Edit". */
  edit?: string;
  onEdit: () => void;
  /** Those without one cannot be archived. */
  archiving?: { archived: boolean; change: (archived: boolean) => Promise<unknown> };
  remove: () => Promise<unknown>;
  onRemoved?: () => unknown;
  /** Further entries, after the first. */
  children?: ReactNode;
}

/** What managers do with one entry of the catalog. */
export function EntryMenu({ name, edit, onEdit, archiving, children, ...rest }: EntryMenuProps) {
  const words = useCatalogWords();
  const { action } = useMessages();
  const [asking, setAsking] = useState(false);
  const { change, remove } = useChanges(name, archiving?.change, rest);
  const archived = archiving?.archived ?? false;
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={words.actionsOf(name)}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} aria-hidden />} onClick={onEdit}>
            {edit ?? words.edit}
          </Menu.Item>
          {children}
          {archiving ? (
            <Menu.Item
              leftSection={
                archived ? (
                  <IconArchiveOff size={16} aria-hidden />
                ) : (
                  <IconArchive size={16} aria-hidden />
                )
              }
              onClick={() => change.mutate(!archived)}
            >
              {archived ? words.restore : words.archive}
            </Menu.Item>
          ) : null}
          <Menu.Item
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setAsking(true)}
          >
            {action.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Confirm
        opened={asking}
        danger
        title={words.deleteTitle(name)}
        confirm={action.delete}
        pending={remove.isPending}
        onConfirm={() => remove.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {words.deleteText}
      </Confirm>
    </>
  );
}

function useChanges(
  name: string,
  archive: ((archived: boolean) => Promise<unknown>) | undefined,
  { remove, onRemoved }: Pick<EntryMenuProps, 'remove' | 'onRemoved'>,
) {
  const words = useCatalogWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const inUse = useInUseText();
  const reload = () => queries.invalidateQueries({ queryKey: CATALOG });
  const failed = (error: unknown) => {
    void reload();
    const used = inUse(name, error);
    if (used) notify.failed(new Error(used));
    else notify.failed(hasStatus(error, 412) ? new Error(state.conflict) : error);
  };
  return {
    change: useMutation({
      mutationFn: async (archived: boolean) => {
        await archive?.(archived);
        return archived;
      },
      onSuccess: async (archived) => {
        notify.done(archived ? words.archivedNow(name) : words.restored(name));
        await reload();
      },
      onError: failed,
    }),
    remove: useMutation({
      mutationFn: remove,
      onSuccess: async () => {
        await onRemoved?.();
        notify.done(words.deleted(name));
        await reload();
      },
      onError: failed,
    }),
  };
}
