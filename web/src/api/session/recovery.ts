import type { components } from '../generated/schema';
import { accepted, post } from './tokens';

type VerifiedEmail = components['schemas']['VerifiedEmail'];

/** `username` may be an e-mail address. Succeeds whether there is such an account or not. */
export async function askForReset(username: string): Promise<void> {
  await accepted(await post('password/forgot', { username }));
}

export async function resetPassword(token: string, password: string): Promise<void> {
  await accepted(await post('password/reset', { token, password }));
}

/** The address that is verified now. */
export async function verifyEmail(token: string): Promise<string> {
  const body = (await accepted(await post('email/verify', { token }))) as VerifiedEmail;
  return body.email;
}
