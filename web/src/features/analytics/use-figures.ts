import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { FigureFilter, ListFilter, Period } from '@/api/analytics';
import type { Format } from '@/i18n/format';
import { useFormat } from '@/i18n/i18n';

export const figuresRoute = getRouteApi('/inside/analytics');

/** What is chosen, as it stands in the address, and how to choose otherwise. */
export function useFigures(usual: Period = '365') {
  const search = figuresRoute.useSearch();
  // Not that of the route, which would lead to the first of its screens.
  const navigate = useNavigate();
  const filter: FigureFilter = { warehouse_id: search.warehouse, currency: search.currency };
  const listFilter: ListFilter = { ...filter, days: search.days ?? usual };
  const change = (changes: Partial<typeof search>) =>
    void navigate({ to: '.', search: (before) => ({ ...before, ...changes }), replace: true });
  return { search, filter, listFilter, change };
}

/** An amount in its currency; a number for what has none. */
export const worth = (format: Format, value: string, currency: string | null): string =>
  currency ? format.money(Number(value), currency) : format.number(Number(value), 2);

/** How amounts are shown that are all in one currency. */
export function useWorth(currency: string | null | undefined): (value: string) => string {
  const format = useFormat();
  return (value) => worth(format, value, currency ?? null);
}
