import { isAPIError } from 'better-auth/api';
import { headers } from 'next/headers';
import { clientAddress } from '@/lib/ops/sender';
import { removeExpired } from '@/lib/store/sign-in-attempts';
import { findSignInName } from '@/lib/store/sign-in-names';
import { openAuth } from './auth';
import { countSignInAttempt, forgiveAccount } from './limit-attempts';
import { pretendToVerify, verifyPassword } from './password';
import { readSession } from './read-session';
import { forgetSessions } from './session-memory';

export type SignInResult = { kind: 'in' } | { kind: 'code' } | { kind: 'refused'; message: string };

const WRONG = 'That name and password do not belong together.';
const NO_MORE = 'That took too long, or too many tries. Please sign in again.';

/** What is typed into the form. */
export interface Typed {
  /** A name or an email address. */
  name: string;
  password: string;
  /** Whether the session outlives the browser's. */
  remember: boolean;
}

/**
 * Signs in with a password. A name that nobody has, a wrong password and an account without one are answered alike,
 * after the same work.
 *
 * @returns `code` where the account asks for a second step.
 */
export async function signIn({ name, password, remember }: Typed): Promise<SignInResult> {
  const refusal = await countSignInAttempt(name, clientAddress(await headers()));
  if (refusal !== null) return { kind: 'refused', message: refusal };
  // Longer than any name or password can be: neither is worth hashing.
  if (name.length > 320 || password.length > 1000) return { kind: 'refused', message: WRONG };
  const account = await findSignInName(name);
  const right = await (account === null ? pretendToVerify(password) : verifyPassword(account.hash, password));
  if (account === null || right !== true) return { kind: 'refused', message: WRONG };
  if (account.disabled) return { kind: 'refused', message: 'This account has been disabled.' };
  const result = await openAuth().api.signInUsername({
    body: { username: account.username, password, rememberMe: remember },
    headers: await headers(),
  });
  await Promise.all([forgiveAccount(name), removeExpired()]);
  return result !== null && 'twoFactorRedirect' in result ? { kind: 'code' } : { kind: 'in' };
}

/**
 * The second step: a code of the authenticator app, or one of the recovery codes.
 *
 * @param trust whether this browser need not be asked again for 30 days.
 */
export async function confirmSignIn(code: string, trust: boolean): Promise<SignInResult> {
  const refusal = await countSignInAttempt(null, clientAddress(await headers()));
  if (refusal !== null) return { kind: 'refused', message: refusal };
  const typed = code.replace(/\s/g, '');
  const api = openAuth().api;
  const request = { headers: await headers() };
  try {
    if (/^\d{6}$/.test(typed)) {
      await api.verifyTOTP({ body: { code: typed, trustDevice: trust }, ...request });
    } else {
      await api.verifyBackupCode({ body: { code: typed, trustDevice: trust }, ...request });
    }
    return { kind: 'in' };
  } catch (error) {
    if (!isAPIError(error)) throw error;
    const wrong = ['INVALID_CODE', 'INVALID_BACKUP_CODE'].includes(String(error.body?.code));
    return { kind: 'refused', message: wrong ? 'That code is not right, or no longer.' : NO_MORE };
  }
}

/** Ends the session of the browser that asks. */
export async function signOut(): Promise<void> {
  const session = await readSession();
  await openAuth().api.signOut({ headers: await headers() });
  if (session !== null) forgetSessions(session.user.id);
}
