import { Group, Table, Text, Title } from '@mantine/core';
import type { Cost } from '@/api/anomalies';
import type { Report } from '@/api/reports';
import { usePricesToSet } from '@/domain/reports/stake';
import { useFormat, useMessages } from '@/i18n/i18n';
import { TextLink } from '@/ui/link';

const MONEY = new Set(['handling_minute', 'pallet_hour', 'pallet_value']);

interface CostViewProps {
  cost: Cost;
  report: Report | undefined;
}

/** What it costs, and how that was worked out. */
export function CostView({ cost, report }: CostViewProps) {
  const { cost: words } = useMessages();
  const format = useFormat();
  const toSet = usePricesToSet(report);
  const example = report?.prices === 'example';
  // The formula is written in the names of the inputs; people read them in their own words.
  const formula = cost.formula.replace(/[a-z_]+/g, (name) => words.input[name] ?? name);
  return (
    <section aria-label={words.title}>
      <Group justify="space-between" align="baseline">
        <Title order={3} size="h6">
          {words.title}
        </Title>
        <Text fw={600} className="numbers">
          {example
            ? words.about(format.money(cost.amount, cost.currency))
            : format.money(cost.amount, cost.currency)}
        </Text>
      </Group>
      {example ? (
        <Text size="sm" c="dimmed">
          {words.exampleHint}{' '}
          {toSet ? (
            <TextLink inherit underline="always" {...toSet}>
              {words.setPrices}
            </TextLink>
          ) : null}
        </Text>
      ) : null}
      <details>
        <summary>
          <Text span size="sm" c="dimmed">
            {words.how}
          </Text>
        </summary>
        <Text size="sm" mt={6}>
          {formula}
        </Text>
        <Table aria-label={words.how} my={4}>
          <Table.Tbody>
            {Object.entries(cost.inputs).map(([name, value]) => (
              <Table.Tr key={name}>
                <Table.Th scope="row" fw={400}>
                  {words.input[name] ?? name}
                </Table.Th>
                <Table.Td ta="right" className="numbers">
                  {MONEY.has(name)
                    ? format.money(value, cost.currency)
                    : name === 'share'
                      ? format.percent(value)
                      : format.number(value)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {example ? null : (
          <Text size="xs" c="dimmed">
            {words.hint}
          </Text>
        )}
      </details>
    </section>
  );
}
