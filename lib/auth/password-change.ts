import { headers } from 'next/headers';
import { clientAddress } from '@/lib/ops/sender';
import { changePassword, findPassword } from '@/lib/store/passwords';
import type { Reader } from '@/lib/store/users';
import { countSignInAttempt } from './limit-attempts';
import { hashPassword, judgePassword, verifyPassword } from './password';
import { readSession } from './read-session';
import { forgetSessions } from './session-memory';

const WRONG = 'That is not the password of this account.';

/** @returns whether the account has a password. */
export async function hasPassword(userId: number): Promise<boolean> {
  return (await findPassword(userId)) !== null;
}

/**
 * Asks for the password again, before something that a borrowed browser must not do.
 *
 * @returns what is wrong, in one sentence; null when it is right, or the account has none.
 */
export async function checkPassword(userId: number, typed: string): Promise<string | null> {
  const stored = await findPassword(userId);
  if (stored === null) return null;
  const refusal = await countSignInAttempt(`user ${userId}`, clientAddress(await headers()));
  if (refusal !== null) return refusal;
  if (typed.length > 1000) return WRONG;
  return (await verifyPassword(stored, typed)) ? null : WRONG;
}

/** What is wrong, and with which field. */
export interface PasswordObjection {
  field: 'current' | 'password';
  message: string;
}

/** Changes the password, or sets the first one. Every other session ends. @returns null when it is done. */
export async function replacePassword(
  user: Reader,
  typed: { current: string; password: string },
): Promise<PasswordObjection | null> {
  const wrong = await checkPassword(user.id, typed.current);
  if (wrong !== null) return { field: 'current', message: wrong };
  const weak = judgePassword(typed.password, user.name);
  if (weak !== null) return { field: 'password', message: weak };
  const session = await readSession();
  await changePassword(user.id, await hashPassword(typed.password), session?.token ?? null);
  forgetSessions(user.id);
  return null;
}
