import { queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';

export type Unit = Schemas['UnitView'];
export type Category = Schemas['ListedCategory'];
export type Supplier = Schemas['Supplier'];
export type InventoryType = Schemas['InventoryType'];

export const CATALOG = ['catalog'] as const;

interface Part<T> {
  entries: T[];
  next: string | null;
}

/** More than this of one kind are found by the search of the service, not in a list. */
const MOST_PAGES = 20;

async function all<T>(read: (cursor: string | undefined) => Promise<Part<T>>): Promise<T[]> {
  const entries: T[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const part = await read(cursor);
    entries.push(...part.entries);
    if (part.next === null) break;
    cursor = part.next;
  }
  return entries;
}

const query = <T>(
  name: string,
  read: (cursor: string | undefined, signal: AbortSignal) => Promise<Part<T>>,
) =>
  queryOptions({
    queryKey: [...CATALOG, name],
    queryFn: ({ signal }) => all((cursor) => read(cursor, signal)),
    staleTime: 60_000,
  });

export const unitsQuery = () =>
  query('units', async (cursor, signal) => {
    const params = { query: { limit: 100, cursor } };
    const page = await answered(api.GET('/units', { params, signal }));
    return { entries: page.units, next: page.next_cursor };
  });

/** Each before what is below it, with the path from the root. */
export const categoriesQuery = () =>
  query('categories', async (cursor, signal) => {
    const params = { query: { limit: 100, cursor } };
    const page = await answered(api.GET('/categories', { params, signal }));
    return { entries: page.categories, next: page.next_cursor };
  });

export const suppliersQuery = () =>
  query('suppliers', async (cursor, signal) => {
    const params = { query: { limit: 100, cursor } };
    const page = await answered(api.GET('/suppliers', { params, signal }));
    return { entries: page.suppliers, next: page.next_cursor };
  });

export const inventoryTypesQuery = () =>
  query('inventory-types', async (cursor, signal) => {
    const params = { query: { limit: 100, cursor } };
    const page = await answered(api.GET('/inventory-types', { params, signal }));
    return { entries: page.inventory_types, next: page.next_cursor };
  });
