import type { LinkProps } from '@tanstack/react-router';
import type { Trends } from '@/api/snapshots';
import { NO_LOCATION } from '@/api/anomalies';
import { useFormat, useMessages } from '@/i18n/i18n';
import { Chart } from '@/ui/charts/chart';
import { Meters } from '@/ui/charts/meters';

interface HotSpotsProps {
  title: string;
  lead: string;
  head: readonly [location: string, anomalies: string, inventories: string];
  inInventories: (count: number) => string;
  spots: Trends['hot_spots'];
  order?: 2 | 3;
  /** Where a location leads. */
  link: (location: string) => LinkProps;
}

/** The locations with most anomalies, over several snapshots. */
export function HotSpots({ title, lead, head, inInventories, spots, order, link }: HotSpotsProps) {
  const { map } = useMessages();
  const format = useFormat();
  const name = (location: string) => (location === NO_LOCATION ? map.noLocation : location);
  const most = Math.max(1, ...spots.map(({ anomalies }) => anomalies));
  return (
    <Chart
      title={title}
      lead={lead}
      order={order ?? 2}
      head={head}
      rows={spots.map(({ location, anomalies, snapshots }) => [
        name(location),
        format.number(anomalies),
        format.number(snapshots),
      ])}
    >
      <Meters
        label={title}
        meters={spots.map(({ location, anomalies, snapshots }) => ({
          key: location,
          label: name(location),
          hint: inInventories(snapshots),
          share: anomalies / most,
          value: format.number(anomalies),
          link: link(location),
        }))}
      />
    </Chart>
  );
}
