import { useFormat, useMessages } from '@/i18n/i18n';
import type { Place } from './location-areas';

/** What there is to say of a place, in one line. */
export function usePlaceWords(): (place: Place) => string {
  const { map: words } = useMessages();
  const format = useFormat();
  return ({ name, anomalies, pallets, capacity }) =>
    [
      anomalies ? words.cell(name, anomalies) : words.clean(name),
      capacity === null ? words.holds(pallets) : words.holdsOf(pallets, format.number(capacity)),
    ].join(' · ');
}
