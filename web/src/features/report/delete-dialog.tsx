import { List, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteReport, reportKey, type Report } from '@/api/reports';
import { useScope } from '@/domain/warehouses/scope';
import { useWarehouseName } from '@/domain/warehouses/warehouse-list';
import { useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { useNotify } from '@/ui/notify';

export function DeleteDialog({ report, onClose }: { report: Report; onClose: () => void }) {
  const { report: words } = useMessages();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const warehouse = useScope();
  const resolved = report.comparison?.vanished ?? 0;
  const removal = useMutation({
    mutationFn: () => deleteReport(report.id),
    onSuccess: async () => {
      await navigate({
        to: '/w/$warehouse/reports',
        params: { warehouse },
      });
      queries.removeQueries({ queryKey: reportKey(report.id) });
      void queries.invalidateQueries();
      notify.done(resolved ? words.deletedReopens : words.deleted);
    },
    onError: notify.failed,
  });
  return (
    <Confirm
      opened
      danger
      title={words.deleteTitle}
      confirm={words.delete}
      pending={removal.isPending}
      onConfirm={() => removal.mutate()}
      onClose={onClose}
    >
      <Stack gap="sm">
        <Text>{words.deleteText(report.report_name)}</Text>
        <Consequences report={report} resolved={resolved} />
      </Stack>
    </Confirm>
  );
}

/** What its deletion does to the warehouse: as if it had never been sent. */
function Consequences({ report, resolved }: { report: Report; resolved: number }) {
  const { report: words } = useMessages();
  const warehouse = useWarehouseName()(report.warehouse_id) ?? words.itsWarehouse;
  if (!report.comparison) return null;
  const consequences = [
    ...(resolved ? [words.deleteReopens(resolved)] : []),
    ...(report.superseded
      ? [words.deleteCompares]
      : report.comparison.previous
        ? [words.deleteCurrent(warehouse)]
        : []),
  ];
  if (consequences.length === 0) return null;
  return (
    <>
      <Text>{words.deleteConsequences(warehouse)}</Text>
      <List size="sm">
        {consequences.map((consequence) => (
          <List.Item key={consequence}>{consequence}</List.Item>
        ))}
      </List>
    </>
  );
}
