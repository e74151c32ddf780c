import { describe, expect, it } from 'vitest';
import { deviceOf } from './devices';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15';

describe('a device', () => {
  it.each([
    [`${WINDOWS} ${CHROME}`, 'Chrome', 'Windows'],
    [`${WINDOWS} ${CHROME} Edg/131.0.0.0`, 'Edge', 'Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0', 'Firefox', 'Linux'],
    [`${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`, 'Safari', 'iOS'],
    [`${IPHONE} CriOS/131.0 Mobile/15E148 Safari/604.1`, 'Chrome', 'iOS'],
    [`Mozilla/5.0 (Linux; Android 14; Pixel 8) ${CHROME}`, 'Chrome', 'Android'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605',
      'Safari',
      'macOS',
    ],
    [
      `Mozilla/5.0 (X11; Linux x86_64) ${CHROME.replace('Chrome', 'HeadlessChrome')}`,
      'Chrome',
      'Linux',
    ],
    ['curl/8.5.0', 'curl', null],
    ['python-httpx/0.28.1', 'python-httpx', null],
  ])('called %s is %s on %s', (userAgent, client, system) => {
    expect(deviceOf(userAgent)).toEqual({ client, system });
  });

  it('that names itself not at all is unknown', () => {
    expect(deviceOf('')).toBeNull();
    expect(deviceOf('()')).toBeNull();
    expect(deviceOf('Mozilla/5.0 (compatible; Something/1.0)')).toBeNull();
  });
});
