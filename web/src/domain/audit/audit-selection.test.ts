import { describe, expect, it } from 'vitest';
import { filterOf } from './audit-selection';

describe('the filter of the audit log', () => {
  it('lets a day begin and end where the reader is', () => {
    const filter = filterOf({ from: '2026-03-01', to: '2026-03-01', user: 'ana' });
    expect(filter.user).toBe('ana');
    expect(new Date(filter.from ?? '').getHours()).toBe(0);
    const last = new Date(filter.to ?? '');
    expect([last.getHours(), last.getMinutes(), last.getDate()]).toEqual([23, 59, 1]);
  });

  it.each([{}, { from: '2026-13-45' }])('has no moment where there is none: %j', (search) => {
    expect(filterOf(search).from).toBeUndefined();
  });
});
