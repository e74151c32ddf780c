import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { NUMBER_FIELDS, type Field } from '@/api/fields';
import type { ReportPreview } from '@/api/reports';
import { ApiProblem, hasStatus } from '@/api/problem';
import { putMapping, reportKey, type MappingRequest, type Report } from '@/api/reports';
import { useWarehouses } from '@/domain/warehouses/warehouse-list';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { ColumnList } from './column-list';
import { DateOrderQuestion } from './date-order-question';
import { asks, choose, columnOf, firstDraft, goWithout, missing, requestOf } from './draft';
import { EncodingQuestion } from './encoding-question';
import { FieldChecklist } from './field-checklist';
import classes from './mapping.module.css';
import { NumberFormatQuestion } from './number-format-question';
import { OpenQuestions } from './open-questions';
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
  const encoding = asks(preview, 'encoding');
  const complete =
    lacking.required.length === 0 &&
    !lacking.dateOrder &&
    !lacking.numberFormat &&
    !lacking.scope &&
    !encoding;
  const chooseColumn = (column: string, field: Field | null) =>
    setDraft((before) => choose(before, column, field));
  const samplesOf = (name: string | null | undefined) =>
    preview.columns.find((column) => column.name === name)?.samples ?? [];
  const scope = askedScope(preview);
  // What the columns hold was plain, or has been answered: they are there for whoever doubts it.
  const [columns, setColumns] = useState(!scope || preview.questions.length > 1);
  const warehouse = useWarehouses().find(
    (candidate) => candidate.id === scope?.scope?.warehouse_id,
  );
  const dateColumn = columnOf(draft, 'creation_date') ?? columnOf(draft, 'expiry_date');
  const dateOrder = asks(preview, 'date_order');
  const numberFormat = asks(preview, 'number_format');

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
            : encoding
              ? words.encodingFirst
              : lacking.dateOrder
                ? words.orderFirst
                : lacking.numberFormat
                  ? words.formatFirst
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
        {encoding ? (
          <EncodingQuestion
            question={encoding}
            pending={sending.isPending}
            onChange={(chosen) => sending.mutate({ replace: false, encoding: chosen })}
          />
        ) : null}
        {columns ? (
          <OpenQuestions
            preview={preview}
            draft={draft}
            onChoose={chooseColumn}
            onSkip={(field) => setDraft((before) => goWithout(before, field))}
          />
        ) : null}
        {columns && (dateOrder || draft.dateOrder) ? (
          <DateOrderQuestion
            question={dateOrder}
            samples={samplesOf(dateColumn)}
            value={draft.dateOrder}
            onChange={(order) => setDraft((before) => ({ ...before, dateOrder: order }))}
          />
        ) : null}
        {columns && (numberFormat || draft.numberFormat) ? (
          <NumberFormatQuestion
            question={numberFormat}
            samples={NUMBER_FIELDS.flatMap((field) => samplesOf(columnOf(draft, field)))}
            value={draft.numberFormat}
            onChange={(notation) => setDraft((before) => ({ ...before, numberFormat: notation }))}
          />
        ) : null}
        {columns ? (
          <>
            <ColumnList
              columns={preview.columns}
              draft={draft}
              suggested={preview.column_mapping}
              onChoose={chooseColumn}
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
