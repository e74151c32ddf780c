import { Badge, Button, Group, NumberInput, Radio, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import {
  ITEM_FIELDS,
  isItemField,
  type ImportColumn,
  type ImportContinuation,
  type ImportFile,
  type ItemField,
} from '@/api/imports';
import { useFormat } from '@/i18n/i18n';
import { useImportWords } from '@/i18n/imports';
import { Card } from '@/ui/card';
import { answer, choose, choosing, firstDraft, isComplete, namesItems, requestOf } from './draft';
import classes from './imports.module.css';

/** From here on a suggestion needs no second look; the service asks nothing above it. */
const SURE = 0.85;

interface ColumnFormProps {
  file: ImportFile;
  pending: boolean;
  onSubmit: (request: ImportContinuation) => void;
}

/** What the columns hold and how the file is written; what was recognized is filled in. */
export function ColumnForm({ file, pending, onSubmit }: ColumnFormProps) {
  const words = useImportWords();
  const [draft, setDraft] = useState(() => firstDraft(file));
  return (
    <Stack>
      <SheetChoice file={file} pending={pending} onSubmit={onSubmit} />
      {choosing(file).map((question) => (
        <Card key={question.id}>
          <Radio.Group
            label={words.questions[question.kind]}
            description={question.detail}
            value={draft.answers[question.id] ?? ''}
            onChange={(value) => setDraft(answer(draft, question.id, value))}
          >
            <Stack gap="xs" mt="sm">
              {(question.choices ?? []).map((choice) => (
                <Radio
                  key={choice.value}
                  value={choice.value}
                  label={choice.label}
                  description={choice.samples?.join(' · ')}
                />
              ))}
            </Stack>
          </Radio.Group>
        </Card>
      ))}
      <Card p={0} role="group" aria-label={words.columnsTitle}>
        {file.columns.map((column) => (
          <Column
            key={column.name}
            column={column}
            field={draft.fields[column.name] ?? null}
            onChoose={(field) => setDraft(choose(draft, column.name, field))}
          />
        ))}
      </Card>
      <Group>
        <Button
          loading={pending}
          disabled={!isComplete(draft, file)}
          onClick={() => onSubmit(requestOf(draft, file))}
        >
          {words.check}
        </Button>
        {namesItems(draft) ? null : (
          <Text size="sm" c="dimmed">
            {words.needsName}
          </Text>
        )}
      </Group>
    </Stack>
  );
}

interface ColumnProps {
  column: ImportColumn;
  field: ItemField | null;
  onChoose: (field: ItemField | null) => void;
}

function Column({ column, field, onChoose }: ColumnProps) {
  const words = useImportWords();
  const format = useFormat();
  const suggested = field !== null && field === column.suggestion;
  return (
    <div className={classes.column}>
      <div>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {column.name}
        </Text>
        <Text size="xs" c="dimmed">
          {words.columnLetter(column.letter)}
        </Text>
      </div>
      <div className={classes.samples}>
        {column.samples.slice(0, 3).map((sample, index) => (
          <span key={`${index} ${sample}`} className={`${classes.sample} code`} title={sample}>
            {sample}
          </span>
        ))}
      </div>
      <Group gap="xs" wrap="nowrap">
        <Select
          aria-label={words.holds(column.name)}
          allowDeselect={false}
          searchable
          flex={1}
          data={[
            { value: '', label: words.unused },
            ...ITEM_FIELDS.map((each) => ({ value: each, label: words.fields[each] })),
          ]}
          value={field ?? ''}
          onChange={(value) => onChoose(value !== null && isItemField(value) ? value : null)}
        />
        {suggested ? (
          <Badge
            variant="light"
            tt="none"
            color={column.confidence >= SURE ? 'green' : 'gray'}
            title={words.confidence}
          >
            {format.percent(column.confidence)}
          </Badge>
        ) : null}
      </Group>
    </div>
  );
}

function SheetChoice({ file, pending, onSubmit }: ColumnFormProps) {
  const words = useImportWords();
  const [sheet, setSheet] = useState(file.sheet);
  const [header, setHeader] = useState<number | string>(file.header_row ?? 1);
  const changed = sheet !== file.sheet || Number(header) !== (file.header_row ?? 1);
  if (file.header_row === null) return null;
  return (
    <Group align="flex-end">
      {file.sheets.length > 1 ? (
        <Select
          label={words.sheet}
          allowDeselect={false}
          data={file.sheets.map(({ name }) => name)}
          value={sheet}
          onChange={setSheet}
        />
      ) : null}
      <NumberInput
        label={words.headerRow}
        description={words.headerRowHint}
        inputWrapperOrder={['label', 'input', 'description']}
        min={0}
        max={1_048_576}
        allowDecimal={false}
        w="14rem"
        value={header}
        onChange={setHeader}
      />
      {changed ? (
        <Button
          variant="default"
          loading={pending}
          onClick={() =>
            onSubmit({
              replace: true,
              ...(sheet === null ? {} : { sheet }),
              // Another sheet has a header of its own, which is found unless it is given.
              ...(Number(header) === (file.header_row ?? 1)
                ? {}
                : { header_row: Number(header) || 0 }),
            })
          }
        >
          {words.readAgain}
        </Button>
      ) : null}
    </Group>
  );
}
