import type { LinkProps } from '@tanstack/react-router';
import { useFormat } from '@/i18n/i18n';
import { useWarehouseWords } from '@/i18n/warehouse';
import { Meters } from '@/ui/charts/meters';
import { fillColor, worstFill, type Filling } from './occupancy';
import { OverfullNote } from './overfull-note';

interface FillMetersProps {
  label: string;
  fillings: readonly Filling[];
  by: 'type' | 'zone';
  name: (key: string | null) => string;
  link?: LinkProps;
}

/** How full each type or zone is; what is too full within one is named. */
export function FillMeters({ label, fillings, by, name, link }: FillMetersProps) {
  const { utilization: words } = useWarehouseWords();
  const format = useFormat();
  return (
    <Meters
      label={label}
      meters={fillings.map((filling) => {
        const { key, pallets, capacity, fill, overfull } = filling;
        return {
          key: key ?? '',
          label: name(key),
          hint: (
            <>
              {capacity === null
                ? words.noCapacity
                : words.palletsOf(format.number(pallets), format.number(capacity))}
              {/* Where all of it is too full, its own share says so. */}
              {overfull.length === 1 && overfull[0]?.fill === fill ? null : (
                <OverfullNote parts={overfull} by={by} />
              )}
            </>
          ),
          share: fill ?? 0,
          value: fill === null ? words.palletsOnly(format.number(pallets)) : format.percent(fill),
          color: fill === null ? undefined : fillColor(worstFill(filling)),
          link,
        };
      })}
    />
  );
}
