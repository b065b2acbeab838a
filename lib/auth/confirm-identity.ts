import { headers } from 'next/headers';
import { readEnv } from '@/lib/ops/env';
import { clientAddress } from '@/lib/ops/sender';
import { findPassword } from '@/lib/store/passwords';
import { countSignInAttempt, forgiveAttempts } from './limit-attempts';
import { verifyPassword } from './password';
import { readSession } from './read-session';
import { FRESH_S } from './session-times';

const WRONG = 'That is not the password of this account.';
const STALE = 'You signed in here a while ago. Sign out and in again first, so that we know it is you.';

/** @returns whether a form has to ask for the password: where there is one, and anybody has to sign in at all. */
export async function asksPassword(userId: number): Promise<boolean> {
  return readEnv().AUTH === 'on' && (await findPassword(userId)) !== null;
}

/**
 * Makes sure that it is the user who asks for something that a borrowed browser must not do: by the password, or where
 * the account has none, by their having signed in lately.
 *
 * @returns what is wrong, in one sentence; null to go on.
 */
export async function confirmIdentity(userId: number, password: string): Promise<string | null> {
  const stored = await findPassword(userId);
  if (stored === null) return confirmFreshness();
  const refusal = await countSignInAttempt({ userId }, clientAddress(await headers()));
  if (refusal !== null) return refusal;
  if (password.length > 1000) return WRONG;
  if (!(await verifyPassword(stored, password))) return WRONG;
  await forgiveAttempts({ userId });
  return null;
}

async function confirmFreshness(): Promise<string | null> {
  const session = await readSession();
  return session !== null && Date.now() - session.since < FRESH_S * 1000 ? null : STALE;
}
