import {
  createContext,
  use,
  useCallback,
  useEffect,
  useMemo,
  useState,
  type ReactNode,
} from 'react';
import { createFormat, type Format } from './format';
import { formattingTag, preferredLocale, storedLocale, storeLocale, type Locale } from './locale';
import type { Messages } from './messages';
import { plural } from './plural';

interface Language {
  locale: Locale;
  /** The browser's variant of it. */
  tag: string;
  messages: Messages;
  format: Format;
  choose: (locale: Locale) => void;
}

const LanguageContext = createContext<Language | null>(null);

/** One language is loaded; the other only when someone asks for it. */
async function load(locale: Locale, tag: string): Promise<Messages> {
  const catalog = locale === 'es' ? (await import('./es')).es : (await import('./en')).en;
  return catalog(plural(tag));
}

export interface Spoken {
  locale: Locale;
  tag: string;
  messages: Messages;
}

export async function speak(locale: Locale): Promise<Spoken> {
  const tag = formattingTag(locale, navigator.languages);
  return { locale, tag, messages: await load(locale, tag) };
}

/** Loaded before the first render, so that nothing is ever shown without its words. */
export function firstLanguage(): Promise<Spoken> {
  return speak(preferredLocale(storedLocale(), navigator.languages));
}

export function LanguageProvider({ first, children }: { first: Spoken; children: ReactNode }) {
  const [spoken, setSpoken] = useState(first);
  const choose = useCallback((locale: Locale) => {
    storeLocale(locale);
    void speak(locale).then(setSpoken);
  }, []);
  useEffect(() => {
    document.documentElement.lang = spoken.locale;
  }, [spoken.locale]);
  const language = useMemo(
    () => ({
      locale: spoken.locale,
      tag: spoken.tag,
      messages: spoken.messages,
      format: createFormat(spoken.tag),
      choose,
    }),
    [spoken, choose],
  );
  return <LanguageContext value={language}>{children}</LanguageContext>;
}

export function useLanguage(): Language {
  const language = use(LanguageContext);
  if (!language) throw new Error('LanguageProvider is missing above this component.');
  return language;
}

export const useMessages = () => useLanguage().messages;
export const useFormat = () => useLanguage().format;
