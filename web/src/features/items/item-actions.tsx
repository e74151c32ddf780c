import { ActionIcon, Menu } from '@mantine/core';
import {
  IconArchive,
  IconArchiveOff,
  IconDotsVertical,
  IconPencil,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { changeItem, deleteItem, itemKey, ITEMS, type Item } from '@/api/items';
import { hasStatus } from '@/api/problem';
import { useMessages } from '@/i18n/i18n';
import { useItemWords } from '@/i18n/items';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';
import { EditDialog } from './edit-dialog';

type Dialog = 'edit' | 'archive' | 'delete';

/** What managers do with an item beside moving it. */
export function ItemActions({ item }: { item: Item }) {
  const words = useItemWords();
  const { action } = useMessages();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const { archiving, deleting } = useItemChanges(item, close);
  const isArchived = item.status === 'archived';
  return (
    <>
      <Menu position="bottom-end" withinPortal={false} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={action.more}>
            <IconDotsVertical size={18} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setDialog('edit')}
          >
            {words.edit}
          </Menu.Item>
          <Menu.Item
            leftSection={
              isArchived ? (
                <IconArchiveOff size={16} aria-hidden />
              ) : (
                <IconArchive size={16} aria-hidden />
              )
            }
            onClick={() => (isArchived ? archiving.mutate() : setDialog('archive'))}
          >
            {isArchived ? words.restore : words.archive}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconTrash size={16} aria-hidden />}
            onClick={() => setDialog('delete')}
          >
            {action.delete}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {dialog === 'edit' ? <EditDialog item={item} onClose={close} /> : null}
      <Confirm
        opened={dialog === 'archive'}
        title={words.archiveTitle(item.name)}
        confirm={words.archive}
        pending={archiving.isPending}
        onConfirm={() => archiving.mutate()}
        onClose={close}
      >
        {words.archiveText}
      </Confirm>
      <Confirm
        opened={dialog === 'delete'}
        danger
        title={words.deleteTitle(item.name)}
        confirm={action.delete}
        pending={deleting.isPending}
        onConfirm={() => deleting.mutate()}
        onClose={close}
      >
        {words.deleteText}
      </Confirm>
    </>
  );
}

function useItemChanges(item: Item, onDone: () => void) {
  const words = useItemWords();
  const { state } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const failed = (error: unknown) => {
    if (!hasStatus(error, 412)) return notify.failed(error);
    void queries.invalidateQueries({ queryKey: itemKey(item.id) });
    notify.failed(new Error(state.conflict));
  };
  const archiving = useMutation({
    mutationFn: () =>
      changeItem(item, { status: item.status === 'archived' ? 'active' : 'archived' }),
    onSuccess: async (changed) => {
      queries.setQueryData(itemKey(item.id), changed);
      notify.done(
        changed.status === 'archived' ? words.archived(item.name) : words.restored(item.name),
      );
      await queries.invalidateQueries({ queryKey: [...ITEMS, 'list'] });
    },
    onError: failed,
    onSettled: onDone,
  });
  const deleting = useMutation({
    mutationFn: () => deleteItem(item),
    onSuccess: async () => {
      await navigate({ to: '/items' });
      queries.removeQueries({ queryKey: itemKey(item.id) });
      void queries.invalidateQueries({ queryKey: [...ITEMS, 'list'] });
      notify.done(words.deleted(item.name));
    },
    onError: (error) =>
      hasStatus(error, 409)
        ? notify.failed(new Error(words.deleteRefused(item.name)))
        : failed(error),
    onSettled: onDone,
  });
  return { archiving, deleting };
}
