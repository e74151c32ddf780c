import { describe, expect, it } from 'vitest';
import { createFormat } from './format';
import { formattingTag, preferredLocale } from './locale';
import { plural } from './plural';

const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('formats', () => {
  it.each([
    ['en-GB', '1,234.5', '42%'],
    ['es-ES', '1234,5', '42 %'],
    ['es-MX', '1,234.5', '42%'],
  ])('%s writes numbers its own way', (tag, number, percent) => {
    const format = createFormat(tag);
    expect(plain(format.number(1234.5))).toBe(number);
    expect(plain(format.percent(0.42))).toBe(percent);
  });

  it.each([
    ['en-GB', 0, '0%'],
    ['en-GB', 1 / 420, '<1%'],
    ['es-ES', 1 / 420, '<1 %'],
    ['en-GB', 0.006, '1%'],
    ['en-GB', 419 / 420, '>99%'],
    ['es-ES', 419 / 420, '>99 %'],
    ['en-GB', 1, '100%'],
    ['en-GB', 3 * (1 / 3), '100%'],
    ['en-GB', 1.003, '>100%'],
    ['en-GB', 4, '400%'],
  ])('%s: a share of %d is %s, and neither nothing nor all unless it is', (tag, share, text) => {
    expect(plain(createFormat(tag).percent(share))).toBe(text);
  });

  it('writes a share that somebody set as it was set', () => {
    expect(createFormat('en-GB').exactPercent(0.995)).toBe('99.5%');
    expect(createFormat('en-GB').exactPercent(0.8)).toBe('80%');
  });

  it('names the zone of a moment that is shown in one', () => {
    const text = createFormat('en-GB').dateTime('2026-03-02T06:00:00+00:00', 'Europe/Madrid');
    expect(plain(text)).toBe('2 Mar 2026, 07:00 CET');
  });

  it('tells the day that it was there, and survives a zone that no browser knows', () => {
    const format = createFormat('en-GB');
    expect(format.day('2026-03-01T23:30:00Z', 'Europe/Madrid')).toBe('2 Mar');
    expect(format.day('2026-03-02T02:00:00Z', 'America/Mexico_City')).toBe('1 Mar');
    expect(plain(format.dateTime('2026-03-02T06:00:00Z', 'Nowhere/At_All'))).toBe(
      '2 Mar 2026, 06:00 UTC',
    );
  });

  it('names a month, also in short', () => {
    expect(createFormat('en-GB').month('2025-12')).toBe('December 2025');
    expect(createFormat('en-GB').shortMonth('2025-12')).toBe('Dec 25');
    expect(createFormat('es').month('2025-12')).toBe('diciembre de 2025');
    expect(createFormat('es').shortMonth('2026-01')).toBe('ene 26');
  });

  it('spells a calendar day out whatever the zone of the browser', () => {
    expect(createFormat('en-GB').longDate(new Date(Date.UTC(2026, 2, 1)))).toBe('1 March 2026');
  });

  it.each([
    [30, '30 seconds ago'],
    [3 * 60, '3 minutes ago'],
    [5 * 3600, '5 hours ago'],
    [86_400, 'yesterday'],
    [30 * 86_400, '31 Jan 2026'],
  ])('tells how long ago %i seconds are', (seconds, text) => {
    const now = new Date('2026-03-02T06:00:00Z');
    const then = new Date(now.getTime() - seconds * 1000).toISOString();
    expect(createFormat('en-GB').ago(then, now)).toBe(text);
  });

  it.each([
    ['es-ES', 37_123 * 60, '25 días 18 h'],
    ['es-ES', 86_400, '1 día'],
    ['es-ES', 10.5 * 3600, '10 h 30 min'],
    ['es-ES', 36 * 60, '36 min'],
    ['es-ES', 20, '0 min'],
    ['en-GB', 25 * 3600, '1 day 1 hr'],
  ])('%s: %i seconds are %s', (tag, seconds, text) => {
    expect(plain(createFormat(tag).duration(seconds))).toBe(text);
  });

  it.each([
    [0, '0 bytes'],
    [93_729, '94 kB'],
    [157_286_400, '157.3 MB'],
  ])('writes %i bytes', (count, text) => {
    expect(plain(createFormat('en-GB').bytes(count))).toBe(text);
  });
});

describe('the language', () => {
  it.each([
    ['es', ['en-GB'], 'es'],
    [null, ['fr-FR', 'es-MX', 'en'], 'es'],
    [null, ['fr-FR'], 'en'],
    ['xx', ['ES'], 'es'],
  ] as const)('chosen %s, browser %s: %s', (chosen, browser, locale) => {
    expect(preferredLocale(chosen, browser)).toBe(locale);
  });

  it('takes the variant that the browser has of it', () => {
    expect(formattingTag('en', ['es-MX', 'en-IE', 'en-US'])).toBe('en-IE');
    expect(formattingTag('es', ['en-GB'])).toBe('es');
  });

  it('counts', () => {
    const count = plural('en-GB');
    expect(count(1, { one: '# pallet', other: '# pallets' })).toBe('1 pallet');
    expect(count(20_000, { one: '# pallet', other: '# pallets' })).toBe('20,000 pallets');
  });
});
