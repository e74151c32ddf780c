/** What people call a browser and a system, as far as its name for itself tells. */
export interface Device {
  client: string;
  system: string | null;
}

// Each browser also calls itself what others are called: the first that fits is meant.
const CLIENTS: readonly [RegExp, string][] = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bFirefox\/|\bFxiOS\//, 'Firefox'],
  [/Chrome\/|\bCriOS\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

const first = (known: readonly [RegExp, string][], text: string) =>
  known.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Null for what names itself not at all. Programs keep their own name: `curl/8.5.0` is curl. */
export function deviceOf(userAgent: string): Device | null {
  const client = first(CLIENTS, userAgent) ?? /^(?!Mozilla)[\w.-]+/.exec(userAgent)?.[0] ?? null;
  return client === null ? null : { client, system: first(SYSTEMS, userAgent) };
}
