import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { CATALOG, type Unit } from './catalog';
import { answered, api, ifMatch, type Schemas } from './client';

export type Dimension = Schemas['Dimension'];

export const DIMENSIONS = [
  'count',
  'mass',
  'volume',
  'length',
  'area',
  'time',
] as const satisfies Dimension[];

type Versioned = Pick<Unit, 'code' | 'version'>;

/** Raises ApiProblem 409 for a code that another one has. */
export const createUnit = (body: Schemas['UnitRequest'], key: string): Promise<Unit> =>
  answered(api.POST('/units', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Raises ApiProblem 409 for another factor of one that is in use, 412 if it has changed since. */
export const changeUnit = ({ code, version }: Versioned, body: Schemas['UnitPatch']) =>
  answered(
    api.PATCH('/units/{unit_code}', {
      params: { path: { unit_code: code }, header: ifMatch(version) },
      body,
    }),
  );

/** Raises ApiProblem 409 for one that is in use. */
export const deleteUnit = ({ code, version }: Versioned) =>
  answered(
    api.DELETE('/units/{unit_code}', {
      params: { path: { unit_code: code }, header: ifMatch(version) },
    }),
  );

/** `quantity` is a decimal or a fraction as text, so that it is taken exactly. */
export const conversionQuery = (quantity: string, from: string, to: string) =>
  queryOptions({
    queryKey: [...CATALOG, 'conversion', quantity, from, to],
    queryFn: ({ signal }) =>
      answered(api.GET('/units/convert', { params: { query: { quantity, from, to } }, signal })),
    retry: false,
    placeholderData: keepPreviousData,
  });
