import { describe, expect, it } from 'vitest';
import { actionText, changeLines, objectText, valueText } from './entry-text';

describe('an audit entry', () => {
  it.each([
    [null, '–'],
    ['', '–'],
    [false, 'false'],
    ['12', '12'],
    [{ start: 'The pallets of', sha256: '0' }, 'The pallets of…'],
    [['a'], '["a"]'],
  ])('tells the value %j', (value, text) => {
    expect(valueText(value, '–')).toBe(text);
  });

  it('tells what changed, by field', () => {
    const changes = { role: [null, 'admin'], is_disabled: [false, true] };
    expect(changeLines({ changes }, '–')).toEqual([
      { field: 'is disabled', before: 'false', after: 'true' },
      { field: 'role', before: '–', after: 'admin' },
    ]);
  });

  it.each([
    ['rule/stagnant-pallet', 'stagnant-pallet'],
    ['mapping/usr_1/abc', 'usr_1/abc'],
    ['user/usr_1', ''],
    ['member/usr_1', ''],
  ])('is about %s', (object, text) => {
    expect(objectText(object)).toBe(text);
  });

  it('has words for what it knows', () => {
    const words = { 'rule.changed': 'changed a rule' };
    expect(actionText('rule.changed', words)).toBe('changed a rule');
    expect(actionText('order_line.placed', words)).toBe('order line: placed');
  });
});
