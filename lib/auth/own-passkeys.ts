import { headers } from 'next/headers';
import { removePasskey } from '@/lib/store/sign-in-names';
import { openAuth } from './auth';
import { confirmIdentity } from './confirm-identity';

/**
 * Begins to add a passkey, once it is certain who asks: the browser gets what it has to sign, and a cookie without which no
 * passkey is taken (handle-request.ts).
 *
 * @returns what WebAuthn wants to know; or what is wrong, in one sentence.
 */
export async function beginPasskey(userId: number, password: string) {
  const refused = await confirmIdentity(userId, password);
  if (refused !== null) return { refused };
  const options = await openAuth().api.generatePasskeyRegistrationOptions({ headers: await headers() });
  return { options };
}

/** Removes one of a user's passkeys. @returns whether there was such a one. */
export function removeOwnPasskey(userId: number, passkeyId: number): Promise<boolean> {
  return removePasskey(userId, passkeyId);
}
