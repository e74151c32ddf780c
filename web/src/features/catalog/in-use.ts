import { usedIn } from '@/api/problem';
import { useCatalogWords } from '@/i18n/catalog';
import { useFormat } from '@/i18n/i18n';

/** Why something was not deleted, in the reader's language; undefined for any other error. */
export function useInUseText(): (name: string, error: unknown) => string | undefined {
  const words = useCatalogWords();
  const format = useFormat();
  return (name, error) => {
    const used = usedIn(error);
    if (!used) return undefined;
    const parts = (['items', 'parts', 'uses', 'orders', 'categories'] as const)
      .filter((kind) => used[kind])
      .map((kind) => words.usedBy[kind](used[kind] ?? 0));
    return parts.length > 0 ? words.inUse(name, format.list(parts)) : undefined;
  };
}
