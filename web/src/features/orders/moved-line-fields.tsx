import { Group, SimpleGrid, Text, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { InventoryType } from '@/api/catalog';
import { itemQuery } from '@/api/items';
import type { MovingAct, OrderLine } from '@/api/orders';
import { useMessages } from '@/i18n/i18n';
import { useOrderWords } from '@/i18n/orders';
import { Card } from '@/ui/card';
import { NumberField } from '@/ui/number-field';
import { mostOf, type MovedDraft } from './order-draft';
import { useLineText } from './use-line-text';

interface MovedLineFieldsProps {
  line: OrderLine;
  act: MovingAct;
  types: readonly InventoryType[];
  draft: MovedDraft;
  onChange: (changes: Partial<MovedDraft>) => void;
}

/** How much of one line, and of which lot. */
export function MovedLineFields({ line, act, types, draft, onChange }: MovedLineFieldsProps) {
  const words = useOrderWords();
  const { state } = useMessages();
  const text = useLineText();
  const item = useQuery(itemQuery(line.item_id)).data;
  const demands = types.find(({ id }) => id === item?.inventory_type);
  const most = text(line, mostOf(line, act));
  const name = line.item_name;
  const comesIn = act === 'receive' || (act === 'return' && line.shipped !== null);
  return (
    <Card p="sm">
      <Group justify="space-between" gap="xs" mb="xs">
        <Text size="sm" fw={600} style={{ overflowWrap: 'anywhere' }}>
          {name}
        </Text>
        <Text size="sm" c="dimmed" className="numbers">
          {act === 'return' ? words.returnable(most) : words.openNow(most)}
        </Text>
      </Group>
      <SimpleGrid cols={2} spacing="sm">
        <NumberField
          aria-label={words.quantityOf(name)}
          placeholder={words.quantity}
          min={0}
          allowDecimal={!line.packs}
          value={draft.quantity}
          onChange={(quantity) => onChange({ quantity })}
        />
        <TextInput
          aria-label={words.lotOf(name)}
          placeholder={demands?.demands_lot ? words.lot : `${words.lot} (${state.optional})`}
          maxLength={64}
          autoComplete="off"
          value={draft.lot}
          onChange={(event) => onChange({ lot: event.currentTarget.value })}
        />
      </SimpleGrid>
      {comesIn && draft.lot.trim() ? (
        <TextInput
          mt="xs"
          type="date"
          label={words.expiry}
          aria-label={words.expiryOf(name)}
          value={draft.expiry_date}
          onChange={(event) => onChange({ expiry_date: event.currentTarget.value })}
        />
      ) : null}
      {demands?.demands_serial ? (
        <Textarea
          mt="xs"
          label={words.serials}
          aria-label={words.serialsOf(name)}
          description={words.serialsHint}
          autosize
          minRows={1}
          maxRows={6}
          value={draft.serials}
          onChange={(event) => onChange({ serials: event.currentTarget.value })}
        />
      ) : null}
    </Card>
  );
}
