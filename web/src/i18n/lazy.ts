import { use } from 'react';
import { useLanguage } from './i18n';
import type { Locale } from './locale';
import { plural, type Plural } from './plural';

type Catalog<T> = (plural: Plural) => T;

/**
 * The words of one part of the page, loaded when they are first shown: what few people see should
 * not make everybody wait. The hook suspends until they are there.
 */
export function lazyWords<T>(load: Record<Locale, () => Promise<Catalog<T>>>): () => T {
  const loaded = new Map<string, Promise<T>>();
  return function useWords() {
    const { locale, tag } = useLanguage();
    const key = `${locale} ${tag}`;
    let words = loaded.get(key);
    if (!words) {
      words = load[locale]().then((catalog) => catalog(plural(tag)));
      // What could not be loaded is asked for again by whoever needs it next.
      words.catch(() => loaded.delete(key));
      loaded.set(key, words);
    }
    return use(words);
  };
}
