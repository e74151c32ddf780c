import type { Plural } from '../plural';

export const pallet = (plural: Plural) => ({
  title: (id: string) => `Pallet ${id}`,
  lineTitle: (id: string) => `Stock line ${id}`,
  lead: (warehouse: string) => `Its life across the inventories of ${warehouse}.`,
  chooseLead: 'Pallets are followed within one warehouse.',
  find: 'Pallet number',
  go: 'Follow',
  now: 'Now',
  nowAbsent: 'Not in the newest inventory',
  lastSeen: (when: string) => `Last seen ${when}`,
  firstSeen: 'first on',
  seenIn: 'Seen in',
  inventories: (count: number) => plural(count, { one: '# inventory', other: '# inventories' }),
  ofInventories: (all: string) => `of the last ${all}`,
  moves: 'Moves',
  items: 'Items',
  anomalies: 'Anomalies',
  timeline: 'From inventory to inventory, newest first',
  absent: 'Not in this inventory',
  absentFor: (count: number) =>
    plural(count, { one: 'Not in # inventory', other: 'Not in # inventories in a row' }),
  moved: 'Moved',
  stayed: 'Same place',
  appeared: 'First time',
  returned: 'Back again',
  noPlace: 'No location',
  rows: (count: number) => plural(count, { one: '# row', other: 'in # rows of the file' }),
  dwell: (time: string) => `there for ${time}`,
  age: (time: string) => `received ${time} before`,
  days: (days: string) => `${days} days`,
  hours: (hours: string) => `${hours} h`,
  noAnomalies: 'Nothing was wrong with it',
  neverTitle: 'No inventory has this pallet',
  neverLineTitle: 'No inventory has this stock line',
  never: (id: string, warehouse: string) =>
    `${id} is in none of the inventories of ${warehouse} that were looked at. Check the number, or look further back.`,
  noneTitle: 'No inventory yet',
  none: 'Its life begins with the first inventory that is analyzed for this warehouse.',
  older: 'Look further back',
});

export type PalletWords = ReturnType<typeof pallet>;
