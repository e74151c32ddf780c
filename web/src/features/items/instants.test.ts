import { describe, expect, it } from 'vitest';
import { instantOf, localOf } from './instants';

describe('a moment that is chosen', () => {
  it('comes back as it was typed', () => {
    expect(localOf(instantOf('2026-03-02T06:05') ?? '')).toBe('2026-03-02T06:05');
  });

  it.each(['', '0002-03-02T06:00', 'soon'])('is none of %j', (text) => {
    expect(instantOf(text)).toBeUndefined();
  });
});
