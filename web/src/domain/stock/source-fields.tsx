import { Button, Group, Select, Text, Textarea } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { inventoryTypesQuery, unitsQuery } from '@/api/catalog';
import { itemQuery } from '@/api/items';
import { useFormat } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Card } from '@/ui/card';
import { NumberField } from '@/ui/number-field';
import { usePlaceText } from './place-text';
import { quantityText } from './quantity';
import type { Source, TransferDraft } from './transfer-draft';
import { fittingUnits } from './units';

interface SourceFieldsProps {
  source: Source;
  index: number;
  form: UseFormReturnType<TransferDraft>;
  /** Whether the sources are of several items, so that each names its own. */
  several: boolean;
}

/** How much leaves one place. */
export function SourceFields({ source, index, form, several }: SourceFieldsProps) {
  const { transfer: words } = useStockWords();
  const format = useFormat();
  const placeText = usePlaceText();
  const units = useQuery(unitsQuery()).data ?? [];
  const serial = useDemandsSerial(source.item_id);
  const place = placeText(source);
  const what = several ? `${source.item_name}, ${place}` : place;
  const { quantities, units: chosen } = form.values;
  return (
    <Card p="sm">
      <Group justify="space-between" gap="xs" mb="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {what}
        </Text>
        <Text size="sm" c="dimmed" className="numbers">
          {words.there(quantityText(format, source.quantity, source.unit))}
        </Text>
      </Group>
      <Group gap="sm" align="flex-start" wrap="nowrap">
        <NumberField
          aria-label={words.quantityAt(what)}
          data-autofocus={index === 0 ? true : undefined}
          style={{ flex: 1 }}
          min={0}
          {...form.getInputProps(`quantities.${index}`)}
          value={quantities[index] ?? ''}
        />
        <Select
          aria-label={words.unitAt(what)}
          w={110}
          allowDeselect={false}
          data={fittingUnits(units, source.unit)}
          {...form.getInputProps(`units.${index}`)}
          value={chosen[index] ?? source.unit}
        />
        <Button
          variant="default"
          aria-label={words.allOf(what)}
          onClick={() => {
            form.setFieldValue(`quantities.${index}`, source.quantity);
            form.setFieldValue(`units.${index}`, source.unit);
          }}
        >
          {words.all}
        </Button>
      </Group>
      {serial ? (
        <Textarea
          mt="xs"
          label={words.serials(what)}
          description={words.serialsHint}
          autosize
          minRows={1}
          maxRows={6}
          {...form.getInputProps(`serials.${index}`)}
        />
      ) : null}
    </Card>
  );
}

/** Whether each piece of an item has a number. */
export function useDemandsSerial(itemId: string): boolean {
  const type = useQuery(itemQuery(itemId)).data?.inventory_type ?? null;
  const types = useQuery({ ...inventoryTypesQuery(), enabled: type !== null }).data ?? [];
  return types.some(({ id, demands_serial }) => id === type && demands_serial);
}
