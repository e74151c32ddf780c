import { ActionIcon, Button, Group, Menu, Modal, Select, Stack, TextInput } from '@mantine/core';
import { IconDotsVertical, IconSettings, IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { hasStatus } from '@/api/problem';
import {
  changeWarehouse,
  deleteWarehouse,
  warehouseKey,
  warehouseQuery,
  WAREHOUSES,
  type Warehouse,
} from '@/api/warehouses';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { ButtonLink } from '@/ui/link';
import { useNotify } from '@/ui/notify';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { LayoutEditor } from './layout-editor';
import { timezones } from './timezones';

const route = getRouteApi('/inside/warehouses/$warehouseId');

export function WarehousePage() {
  const { warehouseId } = route.useParams();
  const query = useQuery(warehouseQuery(warehouseId));
  return (
    <Loaded query={query} page>
      {(warehouse) => <Shown warehouse={warehouse} />}
    </Loaded>
  );
}

function Shown({ warehouse }: { warehouse: Warehouse }) {
  const { warehouses: words, app, action } = useMessages();
  const format = useFormat();
  const [dialog, setDialog] = useState<'settings' | 'delete' | null>(null);
  return (
    <Page
      title={warehouse.name}
      lead={`${warehouse.timezone} · ${words.changed(format.ago(warehouse.updated_at))}`}
      actions={
        <>
          <ButtonLink variant="default" to="/reports" search={{ warehouse: warehouse.id }}>
            {words.reports}
          </ButtonLink>
          <ButtonLink to="/new" search={{ warehouse: warehouse.id }}>
            {app.newAnalysis}
          </ButtonLink>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="default" size={36} aria-label={action.more}>
                <IconDotsVertical size={18} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item
                leftSection={<IconSettings size={16} aria-hidden />}
                onClick={() => setDialog('settings')}
              >
                {words.settings}
              </Menu.Item>
              <Menu.Item
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => setDialog('delete')}
              >
                {action.delete}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
      }
    >
      <LayoutEditor key={warehouse.layout_version} warehouse={warehouse} />
      {dialog === 'settings' ? (
        <Settings warehouse={warehouse} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'delete' ? (
        <Remove warehouse={warehouse} onClose={() => setDialog(null)} />
      ) : null}
    </Page>
  );
}

interface DialogProps {
  warehouse: Warehouse;
  onClose: () => void;
}

function Settings({ warehouse, onClose }: DialogProps) {
  const { warehouses: words, action, state, auth } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const [name, setName] = useState(warehouse.name);
  const [timezone, setTimezone] = useState(warehouse.timezone);
  const saving = useMutation({
    mutationFn: () =>
      changeWarehouse(warehouse.id, warehouse.version, { name: name.trim(), timezone }),
    onSuccess: (changed) => {
      queries.setQueryData(warehouseKey(warehouse.id), changed);
      void queries.invalidateQueries({ queryKey: [...WAREHOUSES, 'list'] });
      notify.done(words.saved);
      onClose();
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: warehouseKey(warehouse.id) });
      notify.failed(new Error(state.conflict));
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={words.settings}
      closeButtonProps={{ 'aria-label': action.close }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) saving.mutate();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.name}
            maxLength={100}
            error={name.trim() ? null : auth.required}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={words.timezone}
            description={words.timezoneHint}
            data={[...new Set([timezone, ...timezones()])]}
            searchable
            allowDeselect={false}
            value={timezone}
            onChange={(zone) => setTimezone(zone ?? timezone)}
          />
          <Group justify="flex-end">
            <Button type="submit" loading={saving.isPending}>
              {action.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function Remove({ warehouse, onClose }: DialogProps) {
  const { warehouses: words, action } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const removal = useMutation({
    mutationFn: () => deleteWarehouse(warehouse.id),
    onSuccess: async () => {
      await navigate({ to: '/warehouses' });
      queries.removeQueries({ queryKey: warehouseKey(warehouse.id) });
      void queries.invalidateQueries({ queryKey: WAREHOUSES });
      notify.done(words.deleted);
    },
    onError: notify.failed,
  });
  return (
    <Confirm
      opened
      danger
      title={words.deleteTitle}
      confirm={action.delete}
      pending={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {words.deleteText(warehouse.name)}
    </Confirm>
  );
}
