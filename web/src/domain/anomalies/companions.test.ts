import { describe, expect, it } from 'vitest';
import type { Anomaly, AnomalyDetail } from '@/api/anomalies';
import { counted, openGroup } from './companions';

const line = (id: string, companions: string[] = []) => ({ id, companions }) as Anomaly;

describe('companions', () => {
  it('are counted behind the lines that lead them', () => {
    expect(counted([line('a', ['b', 'c']), line('d')])).toEqual({ lines: 2, anomalies: 4 });
    expect(counted([])).toEqual({ lines: 0, anomalies: 0 });
  });

  it('go along with a change while they are open', () => {
    const others = (['New', 'Resolved', 'In Progress'] as const).map(
      (status, index) => ({ id: String(index), status }) as Anomaly,
    );
    const detail = { group: others } as AnomalyDetail;
    expect(openGroup(detail).map(({ id }) => id)).toEqual(['0', '2']);
  });
});
