import { Accordion, Button, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ItemSummary } from '@/api/items';
import { ItemSelect } from '@/domain/stock/item-select';
import { useCatalogWords } from '@/i18n/catalog';
import { useMessages } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import type { CountedPlace } from './count-draft';

interface AddPlaceProps {
  /** Where one is counting. */
  location: string;
  onAdd: (place: CountedPlace) => void;
}

/** For goods that stand where the book has none. */
export function AddPlace({ location, onAdd }: AddPlaceProps) {
  const words = useStockWords();
  const { supplier } = useCatalogWords();
  const { state } = useMessages();
  const [item, setItem] = useState<ItemSummary | null>(null);
  const [at, setAt] = useState<string | null>(null);
  const [lot, setLot] = useState('');
  const codeOf = (text: string) => text.trim().toUpperCase() || null;
  return (
    <Accordion variant="default" chevronPosition="left">
      <Accordion.Item value="add">
        <Accordion.Control fz="sm">{words.count.add}</Accordion.Control>
        <Accordion.Panel>
          <Stack gap="xs">
            <ItemSelect
              label={words.item}
              placeholder={supplier.findItem}
              nothingFoundMessage={supplier.nothingFound}
              value={item?.id ?? ''}
              onChange={setItem}
            />
            <SimpleGrid cols={2} spacing="sm">
              <TextInput
                label={words.location}
                placeholder={state.optional}
                maxLength={64}
                autoComplete="off"
                value={at ?? location}
                onChange={(event) => setAt(event.currentTarget.value)}
              />
              <TextInput
                label={words.lot}
                placeholder={state.optional}
                maxLength={64}
                autoComplete="off"
                value={lot}
                onChange={(event) => setLot(event.currentTarget.value)}
              />
            </SimpleGrid>
            <Button
              variant="default"
              w="fit-content"
              disabled={item === null}
              onClick={() => {
                if (!item) return;
                onAdd({
                  item_id: item.id,
                  item_name: item.name,
                  location: codeOf(at ?? location),
                  lot: codeOf(lot),
                });
                setLot('');
              }}
            >
              {words.count.addIt}
            </Button>
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
