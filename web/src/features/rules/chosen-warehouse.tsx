import { Alert } from '@mantine/core';
import { mayConfigure } from '@/domain/warehouses/membership-role';
import type { WarehouseSummary } from '@/api/warehouses';
import { useRuleWords } from '@/i18n/rule-settings';
import { TextLink } from '@/ui/link';

/** Why nothing can be changed here, for those who may not: no warehouse, or not enough of a role. */
export function ReadOnlyNote({ warehouse }: { warehouse: WarehouseSummary | undefined }) {
  const words = useRuleWords();
  if (!warehouse)
    return (
      <Alert variant="light" color="gray" title={words.defaultsTitle}>
        {words.defaults}{' '}
        <TextLink to="/warehouses" underline="always">
          {words.addWarehouse}
        </TextLink>
      </Alert>
    );
  if (mayConfigure(warehouse.role)) return null;
  return (
    <Alert variant="light" color="gray" title={words.readOnlyTitle}>
      {words.readOnly(words.roles[warehouse.role] ?? warehouse.role, warehouse.username)}
    </Alert>
  );
}
