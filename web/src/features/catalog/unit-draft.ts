import type { Schemas } from '@/api/client';
import type { Unit } from '@/api/catalog';
import type { Dimension } from '@/api/units';

/** In which the others of a dimension are told. */
export const BASE_UNITS: Record<Dimension, string> = {
  count: 'pcs',
  mass: 'kg',
  volume: 'l',
  length: 'm',
  area: 'm2',
  time: 's',
};

export interface UnitDraft {
  code: string;
  name: string;
  dimension: Dimension;
  /** As it was typed, so that a fraction stays one. */
  factor: string;
  decimals: number | '';
}

export const unitDraft = (unit?: Unit): UnitDraft => ({
  code: unit?.code ?? '',
  name: unit?.name ?? '',
  dimension: unit?.dimension ?? 'count',
  factor: unit?.factor ?? '',
  decimals: unit?.decimals ?? 0,
});

/** A decimal or a fraction as the service reads it, with a comma taken as the decimal sign. */
export const exactText = (typed: string): string => typed.replaceAll(/\s/g, '').replace(',', '.');

export const isExact = (typed: string): boolean => /^\d+(\.\d+)?(\/\d+)?$/.test(exactText(typed));

export const unitOf = (draft: UnitDraft): Schemas['UnitRequest'] => ({
  code: draft.code.trim(),
  name: draft.name.trim(),
  dimension: draft.dimension,
  factor: exactText(draft.factor),
  decimals: draft.decimals || 0,
});
