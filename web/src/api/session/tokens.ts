import type { components } from '../generated/schema';
import { problemOf, Unreachable } from '../problem';
import { deviceKey } from './device';

type Tokens = components['schemas']['Tokens'];
type Credentials = components['schemas']['Credentials'];
type Registration = components['schemas']['Registration'];

/** Who is signed in here. Lives in memory only; the refresh token is in an HttpOnly cookie. */
export interface SignedIn {
  token: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  username: string;
  role: Tokens['role'];
}

const BASE = '/api/v1/auth';

export async function post(path: string, body: unknown, token?: string): Promise<Response> {
  try {
    return await fetch(`${BASE}/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      // A refresh that the server carries out must also reach the cookie jar, page closed or not.
      keepalive: true,
    });
  } catch (error) {
    throw new Unreachable('The service cannot be reached.', { cause: error });
  }
}

export async function accepted(response: Response): Promise<unknown> {
  const body: unknown = await response.json().catch(() => null);
  if (!response.ok) throw problemOf(response, body);
  return body;
}

function signedIn(body: unknown, now: number): SignedIn {
  const { token, expires_in, username, role } = body as Tokens;
  return { token, expiresAt: now + expires_in * 1000, username, role };
}

export async function logIn(credentials: Credentials): Promise<SignedIn> {
  return signedIn(await accepted(await post('login', credentials)), Date.now());
}

export async function register(registration: Registration): Promise<void> {
  await accepted(await post('register', registration));
}

export async function refresh(): Promise<SignedIn> {
  return signedIn(await accepted(await post('refresh', { device_key: deviceKey() })), Date.now());
}

export async function logOut(token: string | undefined): Promise<void> {
  await post('logout', {}, token);
}
