import { Radio, SimpleGrid, Text } from '@mantine/core';
import { Card } from '@/ui/card';
import classes from './mapping.module.css';

export interface Reading<Value extends string> {
  value: Value;
  title: string;
  /** What it would make of values of the file. */
  samples: readonly string[];
}

interface ReadingChoiceProps<Value extends string> {
  label: string;
  hint: string;
  readings: readonly Reading<Value>[];
  value: Value | null;
  onChange: (value: Value) => void;
}

/** Each answer shows what it would make of the file: a wrong one is easily seen. */
export function ReadingChoice<Value extends string>(props: ReadingChoiceProps<Value>) {
  return (
    <Card>
      <ReadingCards {...props} />
    </Card>
  );
}

export function ReadingCards<Value extends string>({
  label,
  hint,
  readings,
  value,
  onChange,
}: ReadingChoiceProps<Value>) {
  return (
    <Radio.Group
      label={label}
      description={hint}
      value={value ?? ''}
      onChange={(chosen) => {
        const reading = readings.find((candidate) => candidate.value === chosen);
        if (reading) onChange(reading.value);
      }}
    >
      <SimpleGrid cols={{ base: 1, xs: Math.min(readings.length, 4) }} mt="sm" spacing="xs">
        {readings.map((reading) => (
          <Radio.Card
            key={reading.value}
            value={reading.value}
            className={classes.order}
            aria-label={reading.title}
          >
            <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
              {reading.title}
            </Text>
            {reading.samples.map((sample) => (
              <Text key={sample} size="sm" c="dimmed">
                {sample}
              </Text>
            ))}
          </Radio.Card>
        ))}
      </SimpleGrid>
    </Radio.Group>
  );
}
