import { describe, expect, it } from 'vitest';
import { stepFor } from './history-step';

describe('a change of the selection', () => {
  it('is a step when it opens an anomaly, and none while it goes on to others', () => {
    const opened = stepFor({ status: 'New' }, { anomaly: 'a' }, undefined);
    expect(opened).toMatchObject({ back: false, replace: false });
    const next = stepFor(opened.search, { anomaly: 'b' }, opened.openedFrom);
    expect(next).toMatchObject({ back: false, replace: true, openedFrom: opened.openedFrom });
  });

  it('goes back when it closes what was opened here', () => {
    const opened = stepFor({ status: 'New', sort: undefined }, { anomaly: 'a' }, undefined);
    const next = stepFor(opened.search, { anomaly: 'b' }, opened.openedFrom);
    expect(stepFor(next.search, { anomaly: undefined }, next.openedFrom).back).toBe(true);
  });

  it('does not go back to where a link came from, nor to filters that were changed since', () => {
    const linked = stepFor({ anomaly: 'a' }, { anomaly: undefined }, undefined);
    expect(linked).toMatchObject({ back: false, replace: true, search: { anomaly: undefined } });
    const opened = stepFor({}, { anomaly: 'a' }, undefined);
    const filtered = stepFor(opened.search, { priority: 'Low' }, opened.openedFrom);
    const closed = stepFor(filtered.search, { anomaly: undefined }, filtered.openedFrom);
    expect(closed).toMatchObject({ back: false, replace: true, openedFrom: undefined });
  });

  it('replaces for filters and orders', () => {
    expect(stepFor({}, { q: 'P1' }, undefined)).toMatchObject({ back: false, replace: true });
  });
});
