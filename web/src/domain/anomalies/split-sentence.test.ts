import { describe, expect, it } from 'vitest';
import { splitSentence } from './split-sentence';

const anomaly = (changes: object = {}) => ({
  subject: { type: 'pallet' as const, id: '00350012340000158' },
  pallet_id: '00350012340000158',
  location: 'RECV-01',
  details: {},
  ...changes,
});
const dock = anomaly({ subject: { type: 'location', id: 'DOCK-1' }, pallet_id: null });

describe('a sentence beside its number', () => {
  it.each([
    ['00350012340000158 has waited in RECV-01 for 12 h.', 'has waited in RECV-01 for 12 h.'],
    ['00350012340000158 lleva 12 h en RECV-01.', 'lleva 12 h en RECV-01.'],
    ['00350012340000158 está en dos lugares.', 'está en dos lugares.'],
    ['The quantity of 00350012340000158 is -3.', 'The quantity of 00350012340000158 is -3.'],
    ['003500123400001580 is another one.', '003500123400001580 is another one.'],
  ])('%s', (sentence, short) => {
    expect(splitSentence(sentence, anomaly()).rest).toBe(short);
  });

  it('does not begin with brackets', () => {
    const goods = anomaly({ details: { description: 'PEAS (FROZEN)' } });
    const sentence = '00350012340000158 (PEAS (FROZEN)) has been in A-1, zone DRY, for 3 min.';
    expect(splitSentence(sentence, goods).rest).toBe(
      'PEAS (FROZEN) has been in A-1, zone DRY, for 3 min.',
    );
  });

  it('leaves out a location too, in whatever letters', () => {
    const sentence = 'Dock-1 holds 9 pallets, 1 more than its capacity of 8.';
    expect(splitSentence(sentence, dock)).toEqual({
      subject: 'Dock-1',
      rest: 'holds 9 pallets, 1 more than its capacity of 8.',
    });
  });
});
