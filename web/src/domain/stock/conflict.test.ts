import { describe, expect, it } from 'vitest';
import type { StockFacts } from '@/api/problem';
import { stock } from '@/i18n/es/stock';
import { createFormat } from '@/i18n/format';
import { plural } from '@/i18n/plural';
import { conflictText } from './conflict';

const words = stock(plural('es')).conflict;
const bolts = { item_name: 'Tornillos', unit: 'pcs', location: 'A-1', lot: null };

describe('what stock does not allow, in Spanish', () => {
  it.each<[StockFacts, string]>([
    [
      { ...bolts, reason: 'short', quantity: 5, available: 5 },
      'Hay 5 pcs de Tornillos en A-1; no puede salir más que eso.',
    ],
    [
      { ...bolts, reason: 'short', quantity: 5, available: 2, location: null, lot: 'L1' },
      'De 5 pcs de Tornillos sin ubicación, lote L1 solo quedan libres 2 pcs: el resto está reservado.',
    ],
    [
      { reason: 'expired', item_name: 'Leche', lot: 'L7', expiry_date: '2026-03-01' },
      'El lote L7 de Leche caducó el 1 mar 2026. Se puede dar de baja con un ajuste.',
    ],
    [{ reason: 'archived', item_name: 'Leche' }, 'Leche está archivado: solo admite correcciones.'],
    [{ reason: 'reversed' }, 'Este movimiento ya está anulado.'],
  ])('%o', (facts, text) => {
    expect(conflictText(facts, words, createFormat('es'))).toBe(text);
  });

  it('is told in the words of the service where the reason is unknown', () => {
    const facts = { reason: 'new' } as unknown as StockFacts;
    expect(conflictText(facts, words, createFormat('es'))).toBeUndefined();
  });
});
