import { Stack, Text } from '@mantine/core';
import type { WarehouseSummary } from '@/api/warehouses';
import { OfOneWarehouse } from '@/domain/warehouses/of-one-warehouse';
import { useChosenWarehouse } from '@/domain/warehouses/scope';
import { useRuleWords } from '@/i18n/rule-settings';
import { Loaded } from '@/ui/states';
import { ReadOnlyNote } from './chosen-warehouse';
import { CostsForm } from './costs-form';
import { RuleList } from './rule-list';

/** The rules of the warehouse; without one, what holds where nobody has set any. */
export function RulesPage() {
  const chosen = useChosenWarehouse();
  if (chosen.id === undefined) return <Rules warehouse={undefined} />;
  return <Loaded query={chosen}>{(warehouse) => <Rules warehouse={warehouse} />}</Loaded>;
}

function Rules({ warehouse }: { warehouse: WarehouseSummary | undefined }) {
  const words = useRuleWords();
  return (
    <Stack gap="md">
      <Text c="dimmed">{words.lead}</Text>
      <ReadOnlyNote warehouse={warehouse} />
      <RuleList warehouse={warehouse} />
    </Stack>
  );
}

export function CostsPage() {
  return (
    <OfOneWarehouse>
      {(warehouse) => (
        <Stack gap="md">
          <ReadOnlyNote warehouse={warehouse} />
          <CostsForm key={warehouse.id} warehouse={warehouse} />
        </Stack>
      )}
    </OfOneWarehouse>
  );
}
