import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { answered, api, type Schemas } from './client';
import { gather } from './pages';

export type ItemImport = Schemas['ItemImport'];
export type ItemImportSummary = Schemas['ItemImportSummary'];
export type ImportFile = Schemas['ImportFile'];
export type ImportRow = Schemas['RowError'];
export type ImportContinuation = Schemas['ImportContinuation'];
export type ImportColumn = ImportFile['columns'][number];
export type ImportQuestion = ImportFile['questions'][number];

/** The fields of an item that a column may hold, in the order in which they are offered. */
export const ITEM_FIELDS = [
  'sku',
  'name',
  'description',
  'status',
  'quantity',
  'unit',
  'location',
  'lot',
  'expiry_date',
  'category',
  'supplier',
  'inventory_type',
  'reorder_point',
  'reorder_quantity',
  'unit_cost',
  'currency',
  'gtin',
  'storage_class',
  'shelf_life_days',
] as const;

export type ItemField = (typeof ITEM_FIELDS)[number];

export const isItemField = (name: string): name is ItemField =>
  (ITEM_FIELDS as readonly string[]).includes(name);

export const IMPORTS = ['item-imports'] as const;

const WAITING = new Set<ItemImportSummary['status']>(['queued', 'checking', 'importing']);

/** Whether the service is at work on it, or is about to be. */
export const isAtWork = ({ status }: Pick<ItemImportSummary, 'status'>): boolean =>
  WAITING.has(status);

const POLL_MS = 1_000;

export const importsQuery = (count = 20) =>
  infiniteQueryOptions({
    queryKey: [...IMPORTS, 'list', count],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) =>
      gather(
        async (cursor) => {
          const query = { limit: count, cursor };
          const page = await answered(api.GET('/items/imports', { params: { query }, signal }));
          return { entries: page.imports, next: page.next_cursor };
        },
        { count, from: pageParam },
      ),
    getNextPageParam: ({ next }) => next ?? undefined,
  });

export const importKey = (id: string) => [...IMPORTS, id] as const;

/** Asks again until there is nothing more to wait for; a file may still be on its way. */
export const importQuery = (id: string) =>
  queryOptions({
    queryKey: importKey(id),
    queryFn: ({ signal }) =>
      answered(
        api.GET('/items/imports/{import_id}', { params: { path: { import_id: id } }, signal }),
      ),
    refetchInterval: ({ state: { data } }) =>
      data && (isAtWork(data) || data.status === 'awaiting_upload') ? POLL_MS : false,
  });

/** Raises ApiProblem 413, 422 for a file that is not read. */
export const createImport = (body: Schemas['ImportRequest'], key: string) =>
  answered(api.POST('/items/imports', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 409 for one that is at work or done. */
export const continueImport = (id: string, body: ImportContinuation) =>
  answered(api.PUT('/items/imports/{import_id}', { params: { path: { import_id: id } }, body }));

/** Its record and its file; what it has imported stays. */
export const deleteImport = (id: string) =>
  answered(api.DELETE('/items/imports/{import_id}', { params: { path: { import_id: id } } }));
