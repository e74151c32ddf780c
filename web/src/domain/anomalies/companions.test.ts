import { describe, expect, it } from 'vitest';
import type { Anomaly, AnomalyDetail } from '@/api/anomalies';
import { companionsOf, openGroup } from './companions';

const line = (id: string, companions: string[] = []) => ({ id, companions }) as Anomaly;

describe('companions', () => {
  it('are those that are not among the anomalies themselves', () => {
    expect([...companionsOf([line('a', ['b', 'c']), line('c'), line('d')])]).toEqual(['b']);
    expect(companionsOf([]).size).toBe(0);
  });

  it('go along with a change while they are open', () => {
    const others = (['New', 'Resolved', 'In Progress'] as const).map(
      (status, index) => ({ id: String(index), status }) as Anomaly,
    );
    const detail = { group: others } as AnomalyDetail;
    expect(openGroup(detail).map(({ id }) => id)).toEqual(['0', '2']);
  });
});
