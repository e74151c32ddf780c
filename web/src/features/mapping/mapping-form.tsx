import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReportPreview } from '@/api/reports';
import { ApiProblem, hasStatus } from '@/api/problem';
import { putMapping, reportKey, type MappingRequest, type Report } from '@/api/reports';
import { useWarehouses } from '@/domain/warehouses/warehouse-select';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { ColumnList } from './column-list';
import { DateOrderQuestion } from './date-order-question';
import { asksDateOrder, choose, columnOf, firstDraft, missing, requestOf } from './draft';
import { FieldChecklist } from './field-checklist';
import classes from './mapping.module.css';
import { RowsPreview } from './rows-preview';
import { askedScope, OTHER } from './scope';
import { ScopeQuestion } from './scope-question';
import { SheetChoice } from './sheet-choice';

export function MappingForm({ report, preview }: { report: Report; preview: ReportPreview }) {
  const { mapping: words, field: fields, scope: scopeWords, state } = useMessages();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const notify = useNotify();
  const [draft, setDraft] = useState(() => firstDraft(preview));
  const [saveAs, setSaveAs] = useState(preview.saved_mapping?.name ?? '');
  const lacking = missing(draft, preview);
  const complete = lacking.required.length === 0 && !lacking.dateOrder && !lacking.scope;
  const scope = askedScope(preview);
  // What the columns hold was plain, or has been answered: they are there for whoever doubts it.
  const [columns, setColumns] = useState(!scope);
  const warehouse = useWarehouses().find(
    (candidate) => candidate.id === scope?.scope?.warehouse_id,
  );
  const dateColumn = columnOf(draft, 'creation_date') ?? columnOf(draft, 'expiry_date');

  const sending = useMutation({
    mutationFn: (request: MappingRequest) => putMapping(report, request),
    onSuccess: (queued) => queries.setQueryData(reportKey(report.id), queued),
    onError: (error) => {
      if (hasStatus(error, 412)) {
        void queries.invalidateQueries({ queryKey: reportKey(report.id) });
        return notify.failed(new Error(state.conflict));
      }
      notify.failed(
        error instanceof ApiProblem && error.errors[0] ? new Error(error.errors[0].detail) : error,
      );
    },
  });

  function analyze() {
    sending.mutate(requestOf(draft, preview, saveAs), {
      onSuccess: () => void navigate({ to: '/reports/$reportId', params: { reportId: report.id } }),
    });
  }

  const submit = (
    <div className={classes.submit}>
      <Group gap="sm" wrap="nowrap">
        <Button
          size="md"
          style={{ flex: 'none' }}
          disabled={!complete}
          loading={sending.isPending}
          onClick={analyze}
          aria-describedby="mapping-lacking"
        >
          {words.analyze}
        </Button>
        <Text size="sm" c="dimmed" id="mapping-lacking" role="status">
          {lacking.required.length > 0
            ? words.completeFirst(format.list(lacking.required.map((field) => fields[field])))
            : lacking.dateOrder
              ? words.orderFirst
              : lacking.scope
                ? draft.scope.kind === OTHER
                  ? scopeWords.whichFirst
                  : scopeWords.first
                : null}
        </Text>
      </Group>
    </div>
  );

  return (
    <div className={classes.columns}>
      <Stack gap="md" miw={0}>
        {scope ? (
          <ScopeQuestion
            question={scope}
            timezone={warehouse?.timezone}
            value={draft.scope}
            onChange={(answer) => setDraft((before) => ({ ...before, scope: answer }))}
          />
        ) : null}
        {columns ? null : (
          <>
            {submit}
            <Button variant="subtle" w="fit-content" onClick={() => setColumns(true)}>
              {scopeWords.columns}
            </Button>
          </>
        )}
        {columns && (asksDateOrder(preview) || draft.dateOrder) ? (
          <DateOrderQuestion
            samples={preview.columns.find((column) => column.name === dateColumn)?.samples ?? []}
            value={draft.dateOrder}
            onChange={(dateOrder) => setDraft((before) => ({ ...before, dateOrder }))}
          />
        ) : null}
        {columns ? (
          <>
            <ColumnList
              columns={preview.columns}
              draft={draft}
              suggested={preview.column_mapping}
              onChoose={(column, field) => setDraft((before) => choose(before, column, field))}
            />
            <RowsPreview preview={preview} draft={draft} />
          </>
        ) : null}
      </Stack>
      <Stack gap="md" className={classes.side}>
        {columns ? (
          <>
            <FieldChecklist draft={draft} lacking={lacking} />
            <SheetChoice
              preview={preview}
              pending={sending.isPending}
              onChange={(choice) => sending.mutate({ replace: false, ...choice })}
            />
            <Card>
              <TextInput
                label={words.saveAs}
                description={words.saveAsHint}
                placeholder={report.filename.replace(/\.\w+$/, '')}
                maxLength={150}
                value={saveAs}
                onChange={(event) => setSaveAs(event.currentTarget.value)}
              />
            </Card>
          </>
        ) : null}
        {columns ? submit : null}
      </Stack>
    </div>
  );
}
