import { expect, it } from 'vitest';
import { weeksOf } from './weeks';

it('adds up weeks that end with the period', () => {
  const days = [
    { day: '2026-02-16', quantity: 1 },
    { day: '2026-02-22', quantity: 2 },
    { day: '2026-02-23', quantity: 4 },
    { day: '2026-03-01', quantity: 8 },
  ];
  expect(weeksOf('2026-02-09', '2026-03-01', days)).toEqual([
    { start: '2026-02-09', quantity: 0 },
    { start: '2026-02-16', quantity: 3 },
    { start: '2026-02-23', quantity: 12 },
  ]);
});

it('begins with a shorter week where the days are not whole weeks', () => {
  expect(weeksOf('2026-02-27', '2026-03-08', [{ day: '2026-02-28', quantity: 5 }])).toEqual([
    { start: '2026-02-27', quantity: 5 },
    { start: '2026-03-02', quantity: 0 },
  ]);
  expect(weeksOf('2026-03-01', '2026-03-01', [{ day: '2026-03-01', quantity: 5 }])).toEqual([
    { start: '2026-03-01', quantity: 5 },
  ]);
});
