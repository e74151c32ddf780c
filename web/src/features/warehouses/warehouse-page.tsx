import {
  ActionIcon,
  Button,
  Group,
  Menu,
  Modal,
  Select,
  Stack,
  Tabs,
  TextInput,
} from '@mantine/core';
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
import { mayConfigure, mayOwn } from '@/domain/warehouses/membership-role';
import { useFormat, useMessages } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Confirm } from '@/ui/confirm';
import { ButtonLink } from '@/ui/link';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';
import { Page } from '@/ui/page';
import { Loaded } from '@/ui/states';
import { LayoutEditor } from './layout-editor';
import { LayoutView } from './layout-view';
import { MembersTab } from './members-tab';
import { SuppressionsTab } from './suppressions-tab';
import { timezones } from '@/domain/warehouses/timezones';
import { TrendsTab } from './trends-tab';
import { UtilizationTab } from './utilization-tab';

const VIEWS = ['layout', 'utilization', 'trends', 'members', 'suppressions'] as const;
type View = (typeof VIEWS)[number];

const route = getRouteApi('/inside/warehouses/$warehouseId');

export function WarehousePage() {
  const { warehouseId } = route.useParams();
  const query = useQuery(warehouseQuery(warehouseId));
  return (
    <Loaded query={query} page>
      {(warehouse) => <WarehouseView warehouse={warehouse} />}
    </Loaded>
  );
}

function WarehouseView({ warehouse }: { warehouse: Warehouse }) {
  const words = useWarehouseWords();
  const { warehouses: common } = useMessages();
  const format = useFormat();
  const { view = 'layout' } = route.useSearch();
  const navigate = route.useNavigate();
  const shared = warehouse.role !== 'owner' && warehouse.role !== 'admin';
  return (
    <Page
      title={warehouse.name}
      lead={[
        shared ? words.sharedBy(warehouse.username, words.aRole[warehouse.role]) : null,
        warehouse.timezone,
        common.changed(format.ago(warehouse.updated_at)),
      ]
        .filter((part) => part !== null)
        .join(' · ')}
      actions={<Actions warehouse={warehouse} />}
    >
      <Tabs
        value={view}
        onChange={(next) =>
          void navigate({
            search: { view: next === 'layout' ? undefined : ((next ?? undefined) as View) },
          })
        }
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {VIEWS.map((tab) => (
            <Tabs.Tab key={tab} value={tab}>
              {words.tabs[tab]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="layout">
          {mayConfigure(warehouse.role) ? (
            <LayoutEditor key={warehouse.layout_version} warehouse={warehouse} />
          ) : (
            <LayoutView warehouse={warehouse} />
          )}
        </Tabs.Panel>
        <Tabs.Panel value="utilization">
          <UtilizationTab warehouse={warehouse} />
        </Tabs.Panel>
        <Tabs.Panel value="trends">
          <TrendsTab warehouse={warehouse} />
        </Tabs.Panel>
        <Tabs.Panel value="members">
          <MembersTab warehouse={warehouse} />
        </Tabs.Panel>
        <Tabs.Panel value="suppressions">
          <SuppressionsTab warehouse={warehouse} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function Actions({ warehouse }: { warehouse: Warehouse }) {
  const { rules } = useWarehouseWords();
  const { warehouses: words, app, action } = useMessages();
  const [dialog, setDialog] = useState<'settings' | 'delete' | null>(null);
  return (
    <>
      <ButtonLink variant="default" to="/rules" search={{ warehouse: warehouse.id }}>
        {rules}
      </ButtonLink>
      <ButtonLink variant="default" to="/reports" search={{ warehouse: warehouse.id }}>
        {words.reports}
      </ButtonLink>
      {warehouse.role === 'viewer' ? null : (
        <ButtonLink to="/new" search={{ warehouse: warehouse.id }}>
          {app.newAnalysis}
        </ButtonLink>
      )}
      {mayConfigure(warehouse.role) ? (
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
            {mayOwn(warehouse.role) ? (
              <Menu.Item
                leftSection={<IconTrash size={16} aria-hidden />}
                onClick={() => setDialog('delete')}
              >
                {action.delete}
              </Menu.Item>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      {dialog === 'settings' ? (
        <Settings warehouse={warehouse} onClose={() => setDialog(null)} />
      ) : null}
      {dialog === 'delete' ? (
        <Remove warehouse={warehouse} onClose={() => setDialog(null)} />
      ) : null}
    </>
  );
}

interface DialogProps {
  warehouse: Warehouse;
  onClose: () => void;
}

function Settings({ warehouse, onClose }: DialogProps) {
  const { warehouses: words, scope, action, state } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const [name, setName] = useState(warehouse.name);
  const [timezone, setTimezone] = useState(warehouse.timezone);
  const [percent, setPercent] = useState<number | ''>(Math.round(warehouse.part_below * 100));
  const saving = useMutation({
    mutationFn: () =>
      changeWarehouse(warehouse.id, warehouse.version, {
        name: name.trim(),
        timezone,
        ...(percent === '' ? {} : { part_below: percent / 100 }),
      }),
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
            error={name.trim() ? null : state.required}
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
          <NumberField
            label={scope.limit}
            description={scope.limitHint}
            suffix=" %"
            min={0}
            max={100}
            allowDecimal={false}
            value={percent}
            onChange={setPercent}
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
