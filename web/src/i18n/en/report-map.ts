import type { Plural } from '../plural';

/** Words of a report's map of the warehouse. */
export const reportMap = (plural: Plural) => ({
  title: 'Map of the warehouse',
  lead: 'Every cell is a location; the stronger its colour, the more anomalies. Choose one to see them.',
  leadFill:
    'Every cell is a location; the stronger its colour, the fuller it is. Red holds more than it should.',
  colors: 'What the colours mean',
  fill: 'How full',
  zoom: 'Zoom',
  withAnomalies: (count: number) =>
    plural(count, { one: '# with anomalies', other: '# with anomalies' }),
  fewer: 'Fewer',
  more: 'More',
  cell: (name: string, count: number) =>
    `${name}: ${plural(count, { one: '# anomaly', other: '# anomalies' })}`,
  clean: (name: string) => `${name}: no anomalies`,
  area: (count: number) => plural(count, { one: '# location', other: '# locations' }),
  noLocation: 'No location',
  other: 'Not in the layout',
  inFile: 'Locations in the file',
  showEmpty: 'Show empty locations',
  aisle: (name: string) => `Aisle ${name}`,
  holds: (pallets: number) =>
    pallets === 0 ? 'empty' : plural(pallets, { one: '# pallet', other: '# pallets' }),
  holdsOf: (pallets: number, capacity: string) =>
    pallets === 0
      ? 'empty'
      : `${plural(pallets, { one: '# pallet', other: '# pallets' })}, room for ${capacity}`,
  emptyKey: 'Empty',
  fullKey: 'Full',
  overKey: 'Too full',
  pallets: 'Pallets',
  table: 'Locations',
  listed: (shown: string, total: string) => `The first ${shown} of ${total}`,
  location: 'Location',
  anomalies: 'Anomalies',
  find: 'Find a location',
  none: 'The file names no locations.',
  tooOld: 'This report has no map yet',
  tooOldText: 'It was analyzed before there were maps. Analyze it again to get one.',
  tooMany: (shown: string) => `The first ${shown} locations are drawn.`,
});
