import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import type { PreviewColumn } from '@/api/reports';
import { isField, type Field } from '@/api/fields';
import { FieldSelect } from '@/domain/fields/field-select';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Card } from '@/ui/card';
import type { Draft } from './draft';
import classes from './mapping.module.css';

/** From here on a suggestion needs no second look; the service asks nothing above it. */
const SURE = 0.85;
const LIKELY = 0.6;

interface ColumnListProps {
  columns: readonly PreviewColumn[];
  draft: Draft;
  suggested: Record<string, string>;
  onChoose: (column: string, field: Field | null) => void;
}

export function ColumnList({ columns, draft, suggested, onChoose }: ColumnListProps) {
  const { mapping: words } = useMessages();
  return (
    <Card p={0} role="group" aria-label={words.columnsTitle}>
      {columns.map((column) => (
        <Column
          key={column.name}
          column={column}
          field={draft.fields[column.name] ?? null}
          suggested={suggested[column.name]}
          onChoose={(field) => onChoose(column.name, field)}
        />
      ))}
    </Card>
  );
}

interface ColumnProps {
  column: PreviewColumn;
  field: Field | null;
  suggested: string | undefined;
  onChoose: (field: Field | null) => void;
}

function Column({ column, field, suggested, onChoose }: ColumnProps) {
  const { mapping: words, field: names } = useMessages();
  const format = useFormat();
  const others = [column.suggestion, ...column.alternatives.map((other) => other.field)]
    .filter((name): name is Field => name !== null && isField(name) && name !== field)
    .slice(0, 2);
  const unsure = field !== null && field === suggested && column.confidence < SURE;
  return (
    <div className={classes.column} data-unsure={unsure || undefined}>
      <div>
        <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
          {column.name}
        </Text>
        <Text size="xs" c="dimmed">
          {words.column} {column.letter}
        </Text>
      </div>
      <div className={classes.samples}>
        {column.samples.slice(0, 3).map((sample, index) => (
          <span key={`${index} ${sample}`} className={`${classes.sample} code`} title={sample}>
            {sample}
          </span>
        ))}
      </div>
      <Stack gap={4}>
        <FieldSelect
          aria-label={`${column.name}: ${words.meaning}`}
          unused={words.unused}
          value={field}
          onChange={onChoose}
        />
        <Group gap={6}>
          {field ? <Trust chosen={field !== suggested} confidence={column.confidence} /> : null}
          {others.length > 0 && (unsure || field === null) ? (
            <Text size="xs" c="dimmed">
              {words.insteadOf}
            </Text>
          ) : null}
          {unsure || field === null
            ? others.map((other) => (
                <Button
                  key={other}
                  size="compact-xs"
                  variant="default"
                  onClick={() => onChoose(other)}
                >
                  {names[other]} {format.percent(confidenceOf(column, other))}
                </Button>
              ))
            : null}
        </Group>
      </Stack>
    </div>
  );
}

function confidenceOf(column: PreviewColumn, field: Field): number {
  if (column.suggestion === field) return column.confidence;
  return column.alternatives.find((other) => other.field === field)?.confidence ?? 0;
}

function Trust({ chosen, confidence }: { chosen: boolean; confidence: number }) {
  const { mapping: words } = useMessages();
  const format = useFormat();
  if (chosen)
    return (
      <Badge variant="outline" color="gray">
        {words.chosen}
      </Badge>
    );
  const [label, color] =
    confidence >= SURE
      ? [words.sure, 'var(--status-resolved)']
      : confidence >= LIKELY
        ? [words.likely, 'var(--priority-medium)']
        : [words.unsure, 'var(--priority-high)'];
  return (
    <Badge variant="outline" tt="none" style={{ color, borderColor: color }}>
      {label} {format.percent(confidence)}
    </Badge>
  );
}
