import { Checkbox, Stack, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { MOST_COUNTED } from '@/api/counts';
import { warehouseStockQuery } from '@/api/stock';
import { quantityText } from '@/domain/stock/quantity';
import { useFormat } from '@/i18n/i18n';
import { useStockWords } from '@/i18n/stock';
import { Loaded } from '@/ui/states';
import { samePlace, type CountedPlace } from './count-draft';

interface CountedPlacesProps {
  warehouse: string;
  wanted: { location?: string; item?: string };
  places: readonly CountedPlace[];
  onChange: (places: readonly CountedPlace[]) => void;
}

/** What the book has at the wanted places, to be ticked; and what was ticked or added before. */
export function CountedPlaces({ warehouse, wanted, places, onChange }: CountedPlacesProps) {
  const { count: words } = useStockWords();
  const asks = wanted.location !== undefined || wanted.item !== undefined;
  const query = useInfiniteQuery({
    ...warehouseStockQuery(warehouse, wanted, 100),
    enabled: asks,
  });
  const found = query.data?.pages.flatMap((page) => page.entries);
  const ticked = useRef(false);
  useEffect(() => {
    if (!found || ticked.current) return;
    ticked.current = true;
    const fresh = found.filter((line) => !places.some((place) => samePlace(place, line)));
    const room = Math.max(0, MOST_COUNTED - places.length);
    onChange([...places, ...fresh.slice(0, room)]);
  }, [found, places, onChange]);
  if (!asks) return <Ticks places={places} all={places} onChange={onChange} />;
  return (
    <Loaded query={{ ...query, data: found }}>
      {(lines) => (
        <>
          {lines.length > MOST_COUNTED ? (
            <Text size="sm">{words.limited(String(MOST_COUNTED))}</Text>
          ) : null}
          <Ticks
            places={places}
            all={[
              ...places.filter((place) => !lines.some((line) => samePlace(line, place))),
              ...lines,
            ]}
            onChange={onChange}
          />
        </>
      )}
    </Loaded>
  );
}

interface TicksProps extends Pick<CountedPlacesProps, 'places' | 'onChange'> {
  all: readonly CountedPlace[];
}

function Ticks({ places, all, onChange }: TicksProps) {
  const words = useStockWords();
  const format = useFormat();
  return (
    <Stack gap="xs">
      {all.map((place) => {
        const parts = [
          place.item_name,
          place.location ?? words.noLocation,
          place.lot ? words.lotOf(place.lot) : null,
        ];
        return (
          <Checkbox
            key={[place.location, place.item_id, place.lot].join('|')}
            label={parts.filter(Boolean).join(' · ')}
            description={
              place.quantity === undefined
                ? undefined
                : quantityText(format, place.quantity, place.unit ?? '')
            }
            checked={places.some((each) => samePlace(each, place))}
            onChange={(event) =>
              onChange(
                event.currentTarget.checked
                  ? [...places, place]
                  : places.filter((each) => !samePlace(each, place)),
              )
            }
          />
        );
      })}
    </Stack>
  );
}
