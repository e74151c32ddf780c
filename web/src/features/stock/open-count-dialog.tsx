import { Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { COUNTS, MOST_COUNTED, openCount } from '@/api/counts';
import { RequestKeys } from '@/api/idempotency';
import type { StockLine } from '@/api/stock';
import { ItemSelect } from '@/domain/stock/item-select';
import { useMessages } from '@/i18n/i18n';
import { useCatalogWords } from '@/i18n/catalog';
import { useStockWords } from '@/i18n/stock';
import { Dialog } from '@/ui/dialog';
import { useNotify } from '@/ui/notify';
import { AddPlace } from './add-place';
import { CountedPlaces } from './counted-places';
import { requestOf, samePlace, type CountedPlace } from './count-draft';

interface OpenCountDialogProps {
  warehouse: string;
  /** What is counted, where that was chosen before. */
  chosen?: readonly StockLine[];
  onClose: () => void;
}

/** Opens a count of what is at a location, of an item, or of places that were chosen. */
export function OpenCountDialog({ warehouse, chosen, onClose }: OpenCountDialogProps) {
  const { count: words } = useStockWords();
  const { action, state } = useMessages();
  const [by, setBy] = useState<'location' | 'item'>('location');
  const [text, setText] = useState('');
  const [wanted, setWanted] = useState<{ location?: string; item?: string }>({});
  const [places, setPlaces] = useState<readonly CountedPlace[]>(chosen ?? []);
  const [note, setNote] = useState('');
  const opening = useOpening(warehouse);
  const fits = places.length > 0 && places.length <= MOST_COUNTED;
  return (
    <Dialog size="lg" onClose={onClose} title={words.open}>
      <Stack>
        {chosen ? null : (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              const location = text.trim().toUpperCase();
              setWanted(location ? { location } : {});
            }}
          >
            <Stack gap="xs">
              <SegmentedControl
                aria-label={words.what}
                value={by}
                onChange={(value) => {
                  setBy(value);
                  setWanted({});
                }}
                data={[
                  { value: 'location', label: words.byLocation },
                  { value: 'item', label: words.byItem },
                ]}
              />
              {by === 'location' ? (
                <Group gap="xs" align="flex-end">
                  <TextInput
                    data-autofocus
                    label={words.byLocation}
                    style={{ flex: 1 }}
                    maxLength={64}
                    autoComplete="off"
                    value={text}
                    onChange={(event) => setText(event.currentTarget.value)}
                  />
                  <Button type="submit" variant="default">
                    {words.find}
                  </Button>
                </Group>
              ) : (
                <WantedItem
                  value={wanted.item ?? ''}
                  onChange={(item) => setWanted(item ? { item } : {})}
                />
              )}
            </Stack>
          </form>
        )}
        {chosen || wanted.location || wanted.item ? null : (
          <Text size="sm" c="dimmed">
            {words.choose}
          </Text>
        )}
        <CountedPlaces
          key={JSON.stringify(wanted)}
          warehouse={warehouse}
          wanted={wanted}
          places={places}
          onChange={setPlaces}
        />
        <AddPlace
          location={wanted.location ?? ''}
          onAdd={(place) =>
            setPlaces((before) =>
              before.some((each) => samePlace(each, place)) ? before : [...before, place],
            )
          }
        />
        <TextInput
          label={words.note}
          placeholder={state.optional}
          maxLength={500}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Group justify="space-between">
          <Text size="sm" c={places.length > MOST_COUNTED ? 'red' : 'dimmed'} role="status">
            {places.length > MOST_COUNTED
              ? words.most(String(MOST_COUNTED))
              : words.chosen(String(places.length), String(MOST_COUNTED))}
          </Text>
          <Group>
            <Button variant="default" onClick={onClose}>
              {action.cancel}
            </Button>
            <Button
              disabled={!fits}
              loading={opening.isPending}
              onClick={() => opening.mutate(requestOf(warehouse, places, note))}
            >
              {words.openIt}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Dialog>
  );
}

function WantedItem({ value, onChange }: { value: string; onChange: (id: string | null) => void }) {
  const { count: words } = useStockWords();
  const { supplier } = useCatalogWords();
  return (
    <ItemSelect
      label={words.byItem}
      placeholder={supplier.findItem}
      nothingFoundMessage={supplier.nothingFound}
      value={value}
      onChange={(item) => onChange(item?.id ?? null)}
    />
  );
}

function useOpening(warehouse: string) {
  const { count: words } = useStockWords();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const notify = useNotify();
  const [keys] = useState(() => new RequestKeys());
  return useMutation({
    mutationFn: (body: ReturnType<typeof requestOf>) =>
      keys.send(body, (key) => openCount(body, key)),
    onSuccess: async ({ id }) => {
      notify.done(words.openedNow);
      void queries.invalidateQueries({ queryKey: COUNTS });
      await navigate({
        to: '/w/$warehouse/counts/$countId',
        params: { warehouse, countId: id },
      });
    },
    onError: notify.failed,
  });
}
