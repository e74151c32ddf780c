import { Button, Group, Progress, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CountLine } from '@/api/counts';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { NumberField } from '@/ui/number-field';
import { missingOf, type Counted } from './count-draft';
import classes from './stock.module.css';
import { useLineText } from './use-line-text';

interface CountStepsProps {
  lines: readonly CountLine[];
  counted: Counted;
  onCount: (line: number, quantity: number | '') => void;
  onReview: () => void;
}

/** One place after the other, with one big field: for the hand that holds the phone. */
export function CountSteps({ lines, counted, onCount, onReview }: CountStepsProps) {
  const { count: words } = useStockWords();
  const firstMissing = lines.findIndex(({ line }) => counted[line] === undefined);
  const [step, setStep] = useState(Math.max(0, firstMissing));
  const line = lines[step];
  if (!line) return null;
  const last = step === lines.length - 1;
  const done = lines.length - missingOf(lines, counted);
  return (
    <Stack gap="sm">
      <Progress
        value={(done / lines.length) * 100}
        aria-label={words.step(String(step + 1), String(lines.length))}
      />
      <Step
        key={line.line}
        line={line}
        position={words.step(String(step + 1), String(lines.length))}
        quantity={counted[line.line]?.quantity ?? ''}
        onCount={onCount}
        onNext={() => (last ? onReview() : setStep(step + 1))}
      />
      <Group grow>
        <Button size="lg" variant="default" disabled={step === 0} onClick={() => setStep(step - 1)}>
          {words.back}
        </Button>
        <Button size="lg" onClick={() => (last ? onReview() : setStep(step + 1))}>
          {last ? words.review : words.next}
        </Button>
      </Group>
    </Stack>
  );
}

interface StepProps {
  line: CountLine;
  position: string;
  quantity: number | '';
  onCount: CountStepsProps['onCount'];
  onNext: () => void;
}

function Step({ line, position, quantity, onCount, onNext }: StepProps) {
  const { count: words } = useStockWords();
  const { name, place, unit } = useLineText(line);
  const field = useRef<HTMLInputElement>(null);
  // The next place follows as soon as this one is counted.
  useEffect(() => field.current?.focus(), []);
  return (
    <Card>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onNext();
        }}
      >
        <Stack gap="xs">
          <Text size="sm" c="dimmed">
            {position}
          </Text>
          <Text fz={28} fw={700} className="code">
            {place}
          </Text>
          <Title order={2} size="h4" style={{ overflowWrap: 'anywhere' }}>
            {name}
          </Title>
          <NumberField
            ref={field}
            className={classes.number}
            size="xl"
            label={`${words.counted} (${unit})`}
            aria-label={words.countedOf(`${name}, ${place}`)}
            inputMode="decimal"
            hideControls
            min={0}
            value={quantity}
            onChange={(typed) => onCount(line.line, typed)}
          />
        </Stack>
      </form>
    </Card>
  );
}
