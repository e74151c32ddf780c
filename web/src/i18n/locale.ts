/** Which language the page speaks, and how its numbers and dates are written. */
export const LOCALES = ['en', 'es'] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_NAMES: Record<Locale, string> = { en: 'English', es: 'Español' };

const KEY = 'stockwarden-locale';

function isLocale(text: string | null | undefined): text is Locale {
  return LOCALES.includes(text as Locale);
}

/** The language chosen here before, else the first of the browser's that we speak. */
export function preferredLocale(chosen: string | null, browser: readonly string[]): Locale {
  if (isLocale(chosen)) return chosen;
  const known = browser.map((tag) => tag.toLowerCase().split('-')[0]).find(isLocale);
  return known ?? 'en';
}

/** The browser's own variant of the language (en-GB, es-MX), so that dates look as at home. */
export function formattingTag(locale: Locale, browser: readonly string[]): string {
  return browser.find((tag) => tag.toLowerCase().split('-')[0] === locale) ?? locale;
}

export function storedLocale(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function storeLocale(locale: Locale): void {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
}
