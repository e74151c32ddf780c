import { csv, type TestFile } from './journey';

const moment = (day: number, hour: number) =>
  `2026-03-${String(day).padStart(2, '0')} ${String(hour).padStart(2, '0')}:00`;

/** Names that need no question: two pallets stuck on the dock, one without a location, some in order. */
export function clearInventory(name = 'dock.csv'): TestFile {
  const rows = Array.from({ length: 30 }, (_, index) =>
    [
      `PX${1000 + index}`,
      `${String(index + 1).padStart(3, '0')}A`,
      moment(1, 8),
      `RC-${index}`,
      'Rice',
    ].join(','),
  );
  return csv(name, [
    'Pallet ID,Location,Received At,Receipt Number,Description',
    ...rows,
    `PX2001,RECV-01,${moment(1, 2)},RC-90,Flour`,
    `PX2002,RECV-02,${moment(1, 3)},RC-91,Oil`,
    `PX2003,,${moment(2, 1)},RC-92,Salt`,
  ]);
}

/** Day and month of every date can be swapped: nothing in the file says which is which. */
export function ambiguousInventory(name = 'ambiguous.csv'): TestFile {
  const rows = Array.from({ length: 12 }, (_, index) =>
    [
      `PA${1000 + index}`,
      `${String(index + 1).padStart(3, '0')}B`,
      `0${(index % 9) + 1}/03/2026 08:00`,
      `RC-${index}`,
      'Rice',
    ].join(','),
  );
  return csv(name, ['Pallet ID,Location,Received At,Receipt Number,Description', ...rows]);
}

/** Columns without meaning: only a person knows which is which. */
export function namelessInventory(name = 'nameless.csv'): TestFile {
  const rows = Array.from({ length: 12 }, (_, index) =>
    [
      `PN${1000 + index}`,
      index % 3 === 0 ? 'RECV-01' : 'AISLE-01',
      moment(1, index),
      'x',
      'Rice',
    ].join(','),
  );
  return csv(name, ['hola1,hola2,hola3,hola4,hola5', ...rows]);
}

/** As exports write a moment, so many hours ago. */
const ago = (hours: number) =>
  new Date(Date.now() - hours * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');

/** Four pallets on the dock, for 28, 27, 5 and 4 hours now; thirty in storage. */
export function dockInventory(name = 'waiting.csv'): TestFile {
  const rows = Array.from({ length: 30 }, (_, index) =>
    [
      `PD${1000 + index}`,
      `${String(index + 1).padStart(3, '0')}A`,
      ago(30),
      `RC-${index}`,
      'Rice',
    ].join(','),
  );
  return csv(name, [
    'Pallet ID,Location,Received At,Receipt Number,Description',
    ...rows,
    `PD2001,RECV-01,${ago(28)},RC-90,Flour`,
    `PD2002,RECV-02,${ago(27)},RC-91,Oil`,
    `PD2003,RECV-03,${ago(5)},RC-92,Salt`,
    `PD2004,RECV-04,${ago(4)},RC-93,Sugar`,
  ]);
}

/** So many pallets too long on the dock, PH1000 and on, and so many in storage. */
export function hallInventory(name: string, stuck: number, stored: number): TestFile {
  const dock = Array.from({ length: stuck }, (_, index) =>
    [`PH${1000 + index}`, `RECV-0${(index % 4) + 1}`, ago(30), `RC-${index}`, 'Flour'].join(','),
  );
  const racks = Array.from({ length: stored }, (_, index) =>
    [
      `PH${2000 + index}`,
      `${String(index + 1).padStart(3, '0')}A`,
      ago(40),
      `RS-${index}`,
      'Rice',
    ].join(','),
  );
  return csv(name, [
    'Pallet ID,Location,Received At,Receipt Number,Description',
    ...dock,
    ...racks,
  ]);
}
