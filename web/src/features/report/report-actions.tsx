import { ActionIcon, Button, Checkbox, Menu, Select, Stack, Text, TextInput } from '@mantine/core';
import {
  IconBuildingWarehouse,
  IconColumns3,
  IconDotsVertical,
  IconDownload,
  IconPencil,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { hasStatus } from '@/api/problem';
import { reanalyze, renameReport, reportKey, REPORTS, type Report } from '@/api/reports';
import { useSession } from '@/api/session/session';
import { mayConfigure, mayWork, useReportRole } from '@/domain/access/membership-role';
import { useRuleTitle } from '@/domain/anomalies/use-rule-texts';
import { filterOf } from '@/domain/anomalies/selection';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Confirm } from '@/ui/confirm';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';

type Opened = 'export' | 'rename' | 'reanalyze' | 'move' | 'delete' | null;

const route = getRouteApi('/inside/reports/$reportId');
const ExportDialog = lazy(() =>
  import('./export-dialog').then((m) => ({ default: m.ExportDialog })),
);

const MoveDialog = lazy(() => import('./move-dialog').then((m) => ({ default: m.MoveDialog })));
const DeleteDialog = lazy(() =>
  import('./delete-dialog').then((m) => ({ default: m.DeleteDialog })),
);

export function ReportActions({ report }: { report: Report }) {
  const { report: words, action, exports } = useMessages();
  const navigate = useNavigate();
  const [dialog, setDialog] = useState<Opened>(null);
  const close = () => setDialog(null);
  const done = report.status === 'ready' || report.status === 'failed';
  const analyzed = report.rows !== null && report.rows !== undefined;
  const membershipRole = useReportRole(report);
  const search = route.useSearch();
  const me = useSession()?.username ?? '';
  const filter = filterOf(search, me);
  const narrowed = search.view === 'anomalies' && Object.values(filter).some(Boolean);
  const item = (Icon: typeof IconPencil, label: string, onClick: () => void, enabled = true) => (
    <Menu.Item leftSection={<Icon size={16} aria-hidden />} onClick={onClick} disabled={!enabled}>
      {label}
    </Menu.Item>
  );
  return (
    <>
      {analyzed ? (
        <Button
          variant="default"
          leftSection={<IconDownload size={18} aria-hidden />}
          onClick={() => setDialog('export')}
        >
          {exports.action}
        </Button>
      ) : null}
      {mayWork(membershipRole) ? (
        <Menu position="bottom-end" width={220}>
          <Menu.Target>
            <ActionIcon variant="default" size="lg" aria-label={action.more}>
              <IconDotsVertical size={18} aria-hidden />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {item(IconPencil, words.rename, () => setDialog('rename'))}
            {item(
              IconColumns3,
              words.columns,
              () =>
                void navigate({
                  to: '/reports/$reportId/columns',
                  params: { reportId: report.id },
                }),
              done,
            )}
            {item(IconRefresh, words.reanalyze, () => setDialog('reanalyze'), done)}
            {mayConfigure(membershipRole) ? (
              <>
                {item(
                  IconBuildingWarehouse,
                  report.warehouse_id ? words.move : words.putInto,
                  () => setDialog('move'),
                  done || report.status === 'needs_mapping',
                )}
                <Menu.Divider />
                {item(IconTrash, words.delete, () => setDialog('delete'))}
              </>
            ) : null}
          </Menu.Dropdown>
        </Menu>
      ) : null}
      <Suspense>
        {dialog === 'export' ? (
          <ExportDialog
            report={report}
            filter={narrowed ? filter : null}
            searched={Boolean(search.q)}
            onClose={close}
          />
        ) : null}
        {dialog === 'move' ? <MoveDialog report={report} onClose={close} /> : null}
        {dialog === 'delete' ? <DeleteDialog report={report} onClose={close} /> : null}
      </Suspense>
      {dialog === 'rename' ? <Rename report={report} onClose={close} /> : null}
      {dialog === 'reanalyze' ? <Reanalyze report={report} onClose={close} /> : null}
    </>
  );
}

interface DialogProps {
  report: Report;
  onClose: () => void;
}

function Rename({ report, onClose }: DialogProps) {
  const { report: words, action, state } = useMessages();
  const [name, setName] = useState(report.report_name);
  const queries = useQueryClient();
  const notify = useNotify();
  const renaming = useMutation({
    mutationFn: () => renameReport(report, name.trim()),
    onSuccess: (renamed) => {
      queries.setQueryData(reportKey(report.id), renamed);
      void queries.invalidateQueries({ queryKey: [...REPORTS, 'list'] });
      onClose();
    },
    onError: (error) => {
      if (!hasStatus(error, 412)) return notify.failed(error);
      void queries.invalidateQueries({ queryKey: reportKey(report.id) });
      notify.failed(new Error(state.conflict));
    },
  });
  return (
    <Dialog onClose={onClose} title={words.renameTitle}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) renaming.mutate();
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={words.name}
            maxLength={150}
            value={name}
            error={name.trim() ? null : words.nameNeeded}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" loading={renaming.isPending} ml="auto">
            {action.save}
          </Button>
        </Stack>
      </form>
    </Dialog>
  );
}

function Reanalyze({ report, onClose }: DialogProps) {
  const { report: words, scope: scopeWords, flood } = useMessages();
  const format = useFormat();
  const ruleTitle = useRuleTitle();
  const [asOf, setAsOf] = useState('');
  const [scope, setScope] = useState<'whole' | 'part' | ''>('');
  const [keepsSingle, setKeepsSingle] = useState(true);
  const queries = useQueryClient();
  const notify = useNotify();
  const again = useMutation({
    mutationFn: () =>
      reanalyze(report.id, {
        ...(asOf ? { as_of: asOf } : {}),
        ...(scope ? { scope } : {}),
        ...(keepsSingle ? {} : { single: [] }),
      }),
    onSuccess: (queued) => {
      queries.setQueryData(reportKey(report.id), queued);
      notify.done(words.started);
      onClose();
    },
    onError: notify.failed,
  });
  return (
    <Confirm
      opened
      title={words.reanalyzeTitle}
      confirm={words.reanalyze}
      pending={again.isPending}
      onConfirm={() => again.mutate()}
      onClose={onClose}
    >
      <Text size="sm">{words.reanalyzeText}</Text>
      <TextInput
        type="datetime-local"
        label={words.asOf}
        description={words.asOfKeep}
        value={asOf}
        onChange={(event) => setAsOf(event.currentTarget.value)}
      />
      {report.warehouse_id ? (
        <Select
          label={scopeWords.holds}
          allowDeselect={false}
          data={[
            { value: '', label: scopeWords.asBefore },
            { value: 'whole', label: scopeWords.isWhole },
            { value: 'part', label: scopeWords.isPart },
          ]}
          value={scope}
          onChange={(chosen) => setScope(chosen ?? '')}
        />
      ) : null}
      {report.single.length > 0 ? (
        <Checkbox
          label={flood.keep(format.list(report.single.map((rule) => ruleTitle(rule))))}
          checked={keepsSingle}
          onChange={(event) => setKeepsSingle(event.currentTarget.checked)}
        />
      ) : null}
    </Confirm>
  );
}
