import createClient from 'openapi-fetch';
import type { components, paths } from './generated/schema';
import { problemOf, SignedOut, Unreachable } from './problem';
import { session } from './session/session';

export type Schemas = components['schemas'];

/** Sends with a good token; a token that is refused all the same is renewed once. */
async function authorizedFetch(request: Request): Promise<Response> {
  const again = request.clone();
  const token = await session.token();
  const answer = await send(request, token);
  if (answer.status !== 401) return answer;
  const renewed = await session.renew(token);
  const second = await send(again, renewed.token);
  if (second.status !== 401) return second;
  session.end();
  throw new SignedOut('The session is over.');
}

async function send(request: Request, token: string): Promise<Response> {
  request.headers.set('Authorization', `Bearer ${token}`);
  try {
    return await fetch(request);
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Unreachable('The service cannot be reached.', { cause: error });
  }
}

export const api = createClient<paths>({ baseUrl: '/api/v1', fetch: authorizedFetch });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a success. Raises ApiProblem for every other answer. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) throw problemOf(response, error);
  return data as T;
}

/** For a change of what was read at this version: another one's change since then answers 412. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
