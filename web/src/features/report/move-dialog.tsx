import { Select, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { moveReport, reportKey, REPORTS, type Report } from '@/api/reports';
import { mayWork } from '@/domain/access/membership-role';
import { nameProblem, useNewWarehouse } from '@/domain/warehouses/new-warehouse';
import { useWarehouseName, useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';

const NEW = 'new';
const NONE = 'none';

/** Puts a report into a warehouse, one that is there or one that is named here, or out of its own. */
export function MoveDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { report: words } = useMessages();
  const queries = useQueryClient();
  const notify = useNotify();
  const newWarehouse = useNewWarehouse();
  const current = report.warehouse_id;
  const others = useWarehouses().filter(({ id, role }) => id !== current && mayWork(role));
  const here = useWarehouseName()(current) ?? words.itsWarehouse;
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState('');
  const [submitted, setSubmitted] = useState(false);
  const target = chosen ?? others[0]?.id ?? NEW;
  const unnamed = target === NEW && !name.trim();
  const move = useMutation({
    mutationFn: async () => {
      const createdId = target === NEW ? (await newWarehouse.mutateAsync(name)).id : null;
      // Should the move fail, it is not made a second time.
      if (createdId) setChosen(createdId);
      return moveReport(report, createdId ?? (target === NONE ? null : target));
    },
    onSuccess: (queued) => {
      queries.setQueryData(reportKey(report.id), queued);
      void queries.invalidateQueries({ queryKey: [...REPORTS, 'list'] });
      notify.done(words.started);
      onClose();
    },
    onError: (error) => {
      if (!nameProblem(error)) notify.failed(error);
    },
  });
  const wrong = nameProblem(newWarehouse.error) ?? (submitted && unnamed ? words.nameNeeded : null);
  return (
    <Confirm
      opened
      title={current ? words.moveTitle : words.putIntoTitle}
      confirm={words.analyzeThere}
      pending={move.isPending}
      onConfirm={() => {
        setSubmitted(true);
        if (!unnamed) move.mutate();
      }}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text size="sm">{words.moveText}</Text>
        {current ? <Text size="sm">{words.moveLeaves(here)}</Text> : null}
        <Select
          label={words.warehouse}
          data={[
            ...others.map((warehouse) => ({ value: warehouse.id, label: warehouse.name })),
            { value: NEW, label: words.newWarehouse },
            ...(current ? [{ value: NONE, label: words.noWarehouse }] : []),
          ]}
          value={target}
          onChange={setChosen}
          allowDeselect={false}
          searchable={others.length > 8}
        />
        {target === NEW ? (
          <TextInput
            label={words.warehouseName}
            maxLength={100}
            value={name}
            error={wrong}
            onChange={(event) => {
              setName(event.currentTarget.value);
              newWarehouse.reset();
            }}
          />
        ) : null}
      </Stack>
    </Confirm>
  );
}
