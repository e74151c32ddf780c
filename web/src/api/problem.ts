import type { components } from './generated/schema';

type Problem = components['schemas']['Problem'];
export type FieldError = Problem['errors'][number];
/** What somebody owns, where that keeps their account from being deleted. */
export type Owned = NonNullable<Problem['owned']>;

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
    readonly owned: Owned | null = null,
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
    problem.owned ?? null,
  );
}

export function hasStatus(error: unknown, ...statuses: number[]): error is ApiProblem {
  return error instanceof ApiProblem && statuses.includes(error.status);
}

/** What the person still owns whose account was not deleted; null for any other error. */
export function ownedIn(error: unknown): Owned | null {
  return error instanceof ApiProblem ? error.owned : null;
}
