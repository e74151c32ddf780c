import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReportPreview } from '@/api/reports';
import { ApiProblem } from '@/api/problem';
import { putMapping, reportKey, type MappingRequest, type Report } from '@/api/reports';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import { useNotify } from '@/ui/notify';
import { ColumnList } from './column-list';
import { DateOrderQuestion } from './date-order-question';
import { asksDateOrder, choose, columnOf, firstDraft, missing, requestOf } from './draft';
import { FieldChecklist } from './field-checklist';
import classes from './mapping.module.css';
import { RowsPreview } from './rows-preview';
import { SheetChoice } from './sheet-choice';

export function MappingForm({ report, preview }: { report: Report; preview: ReportPreview }) {
  const { mapping: words, field: fields } = useMessages();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const notify = useNotify();
  const [draft, setDraft] = useState(() => firstDraft(preview));
  const [saveAs, setSaveAs] = useState(preview.saved_mapping?.name ?? '');
  const lacking = missing(draft, preview);
  const complete = lacking.required.length === 0 && !lacking.dateOrder;
  const dateColumn = columnOf(draft, 'creation_date') ?? columnOf(draft, 'expiry_date');

  const sending = useMutation({
    mutationFn: (request: MappingRequest) => putMapping(report.id, request),
    onSuccess: (queued) => queries.setQueryData(reportKey(report.id), queued),
    onError: (error) =>
      notify.failed(
        error instanceof ApiProblem && error.errors[0] ? new Error(error.errors[0].detail) : error,
      ),
  });

  function analyze() {
    sending.mutate(requestOf(draft, preview, saveAs), {
      onSuccess: () => void navigate({ to: '/reports/$reportId', params: { reportId: report.id } }),
    });
  }

  return (
    <div className={classes.columns}>
      <Stack gap="md" miw={0}>
        {asksDateOrder(preview) || draft.dateOrder ? (
          <DateOrderQuestion
            samples={preview.columns.find((column) => column.name === dateColumn)?.samples ?? []}
            value={draft.dateOrder}
            onChange={(dateOrder) => setDraft((before) => ({ ...before, dateOrder }))}
          />
        ) : null}
        <ColumnList
          columns={preview.columns}
          draft={draft}
          suggested={preview.column_mapping}
          onChoose={(column, field) => setDraft((before) => choose(before, column, field))}
        />
        <RowsPreview preview={preview} draft={draft} />
      </Stack>
      <Stack gap="md" className={classes.side}>
        <FieldChecklist draft={draft} lacking={lacking} />
        <SheetChoice
          preview={preview}
          pending={sending.isPending}
          onChange={(choice) => sending.mutate({ column_mapping: {}, ...choice })}
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
                  : null}
            </Text>
          </Group>
        </div>
      </Stack>
    </div>
  );
}
