import { ActionIcon, Alert, Button, Group, Menu, Select, Stack, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconDotsVertical, IconSettings, IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { hasStatus, usedIn } from '@/api/problem';
import {
  changeWarehouse,
  deleteWarehouse,
  warehouseKey,
  WAREHOUSES,
  type WarehouseSummary,
} from '@/api/warehouses';
import { mayConfigure, mayOwn } from '@/domain/warehouses/membership-role';
import { timezones } from '@/domain/warehouses/timezones';
import { useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { Dialog } from '@/ui/dialog';
import { NumberField } from '@/ui/number-field';
import { useNotify } from '@/ui/notify';

/** Its name and time zone, and its end. */
export function WarehouseActions({ warehouse }: { warehouse: WarehouseSummary }) {
  const { warehouses: words, action } = useMessages();
  const [dialog, setDialog] = useState<'settings' | 'delete' | null>(null);
  return (
    <>
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
  warehouse: WarehouseSummary;
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
    <Dialog onClose={onClose} title={words.settings}>
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
    </Dialog>
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
    onError: (error) => (usedIn(error) ? undefined : notify.failed(error)),
  });
  const used = usedIn(removal.error);
  return (
    <Confirm
      opened
      danger
      impossible={used !== undefined}
      title={words.deleteTitle}
      confirm={action.delete}
      pending={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      {used ? <Kept used={used} /> : words.deleteText(warehouse.name)}
    </Confirm>
  );
}

/** Why it cannot be deleted: what is there now, or was. */
function Kept({ used }: { used: Readonly<Record<string, number>> }) {
  const { warehouses: words } = useMessages();
  const { items, items_at_least: atLeast } = used;
  const count = atLeast ?? items ?? 0;
  return (
    <Alert
      role="alert"
      color="red"
      variant="light"
      icon={<IconAlertTriangle aria-hidden />}
      title={words.keptTitle}
    >
      {count > 0 ? words.stockThere(count, atLeast !== undefined) : words.noStockThere}{' '}
      {words.keptText}
    </Alert>
  );
}
