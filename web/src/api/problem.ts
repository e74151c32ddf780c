import type { components } from './generated/schema';

type Problem = components['schemas']['Problem'];
export type FieldError = Problem['errors'][number];
/** What somebody owns, where that keeps their account from being deleted. */
export type Owned = NonNullable<Problem['owned']>;
/** Why stock does not allow something, and what there is. */
export type StockFacts = NonNullable<Problem['stock']>;

/** What can be done with an order, and what is open of it. */
export type OrderFacts = NonNullable<Problem['order']>;

/** A component of which there is too little. */
export type ShortFacts = NonNullable<Problem['short']>[number];

/** What problems of some kinds say beside their words. */
interface Facts {
  order?: OrderFacts;
  owned?: Owned;
  short?: readonly ShortFacts[];
  stock?: StockFacts;
  usedBy?: Readonly<Record<string, number>>;
}

/** An answer of the API that is no success (RFC 9457). `message` is written for people. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';

  constructor(
    readonly status: number,
    detail: string,
    readonly errors: readonly FieldError[] = [],
    readonly requestId: string | null = null,
    readonly retryAfter: number | null = null,
    /** The last part of its type, such as `superseded`. */
    readonly kind: string | null = null,
    readonly facts: Facts = {},
  ) {
    super(detail);
  }

  /** What is wrong with the field at a JSON pointer such as `/password`. */
  errorAt(pointer: string): string | undefined {
    return this.errors.find((error) => error.pointer === pointer)?.detail;
  }
}

/** No answer at all: offline, or the service is down. */
export class Unreachable extends Error {
  override name = 'Unreachable';
}

/** The session is over and cannot be renewed: sign in again. */
export class SignedOut extends Error {
  override name = 'SignedOut';
}

export function problemOf(response: Response, body: unknown): ApiProblem {
  const problem: Partial<Problem> = typeof body === 'object' && body !== null ? body : {};
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiProblem(
    response.status,
    problem.detail ?? `The service answered ${response.status}.`,
    problem.errors ?? [],
    problem.request_id ?? null,
    Number.isFinite(retryAfter) ? retryAfter : null,
    problem.type?.split(/[:#]/).at(-1) ?? null,
    {
      ...(problem.owned ? { owned: problem.owned } : {}),
      ...(problem.order ? { order: problem.order } : {}),
      ...(problem.short ? { short: problem.short } : {}),
      ...(problem.stock ? { stock: problem.stock } : {}),
      ...(problem.used_by ? { usedBy: problem.used_by } : {}),
    },
  );
}

export function hasStatus(error: unknown, ...statuses: number[]): error is ApiProblem {
  return error instanceof ApiProblem && statuses.includes(error.status);
}

/** What the person still owns whose account was not deleted; null for any other error. */
export function ownedIn(error: unknown): Owned | null {
  return error instanceof ApiProblem ? (error.facts.owned ?? null) : null;
}

/** What refers to something that was not deleted for it; undefined for any other error. */
export function usedIn(error: unknown): Readonly<Record<string, number>> | undefined {
  return error instanceof ApiProblem ? error.facts.usedBy : undefined;
}

/** What can be done with an order instead; undefined for any other error. */
export function orderIn(error: unknown): OrderFacts | undefined {
  return error instanceof ApiProblem ? error.facts.order : undefined;
}

/** The components that are short; undefined for any other error. */
export function shortIn(error: unknown): readonly ShortFacts[] | undefined {
  return error instanceof ApiProblem ? error.facts.short : undefined;
}

/** Why stock did not allow it; undefined for any other error. */
export function stockIn(error: unknown): StockFacts | undefined {
  return error instanceof ApiProblem ? error.facts.stock : undefined;
}

/**
 * `{field: what is wrong}` for a form of these fields; null where the problem is with none of them.
 * What is at `/contact/name` belongs to the field `contact_name`, and at `/serials/0` to `serials`.
 */
export function fieldProblems(
  error: unknown,
  fields: readonly string[],
): Record<string, string> | null {
  if (!(error instanceof ApiProblem)) return null;
  const known = error.errors.flatMap(({ pointer, detail }) => {
    const [, ...parts] = pointer.split('/');
    const field = [parts.join('_'), parts[0]].find((name) => name && fields.includes(name));
    return field ? [[field, detail] as const] : [];
  });
  return known.length > 0 ? Object.fromEntries(known) : null;
}
