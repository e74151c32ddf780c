import type { Unit } from '@/api/catalog';

/** The units in which it can be given: those that measure the same as its own. */
export function fittingUnits(units: readonly Unit[], own: string): string[] {
  const dimension = units.find(({ code }) => code === own)?.dimension;
  const others = units.filter((unit) => unit.dimension === dimension && unit.code !== own);
  return [own, ...others.map(({ code }) => code)];
}
