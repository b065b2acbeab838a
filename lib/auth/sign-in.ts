import { isAPIError } from 'better-auth/api';
import { headers } from 'next/headers';
import { clientAddress } from '@/lib/ops/sender';
import { removeExpired } from '@/lib/store/sign-in-attempts';
import { findSignInName } from '@/lib/store/sign-in-names';
import { CODE_USED, openAuth } from './auth';
import { readKnownBrowser, rememberBrowser } from './known-browser';
import { countSignInAttempt, forgiveAttempts } from './limit-attempts';
import { pretendToVerify, verifyPassword } from './password';
import { readSession } from './read-session';
import { forgetSessions } from './session-memory';

export type SignInResult = { kind: 'in' } | { kind: 'code' } | { kind: 'refused'; message: string };

const WRONG = 'That name and password do not belong together.';
const WRONG_CODE = 'That code is not right, or no longer.';
const NO_MORE = 'That took too long, or too many tries. Please sign in again.';

/** Of what Better Auth says about codes. */
const REFUSALS: Record<string, string> = {
  INVALID_CODE: WRONG_CODE,
  INVALID_BACKUP_CODE: WRONG_CODE,
  [CODE_USED]: 'That code has been used already. Sign in again with the one that the app shows next.',
};

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
  // Longer than any name or password can be: neither is worth looking for, or hashing.
  const isTooLong = name.length > 320 || password.length > 1000;
  const account = isTooLong ? null : await findSignInName(name);
  const browser = account === null ? null : await readKnownBrowser(account.userId);
  const attempts = browser === null ? { name } : { browser };
  const refusal = await countSignInAttempt(attempts, clientAddress(await headers()));
  if (refusal !== null) return { kind: 'refused', message: refusal };
  if (isTooLong) return { kind: 'refused', message: WRONG };
  const right = await (account === null ? pretendToVerify(password) : verifyPassword(account.hash, password));
  if (account === null || right !== true) return { kind: 'refused', message: WRONG };
  if (account.disabled) return { kind: 'refused', message: 'This account has been disabled.' };
  const result = await openAuth().api.signInUsername({
    body: { username: account.username, password, rememberMe: remember },
    headers: await headers(),
  });
  await rememberBrowser(account.userId, browser);
  await Promise.all([forgiveAttempts(attempts), removeExpired()]);
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
    return { kind: 'refused', message: REFUSALS[String(error.body?.code)] ?? NO_MORE };
  }
}

/** Ends the session of the browser that asks. */
export async function signOut(): Promise<void> {
  const session = await readSession();
  await openAuth().api.signOut({ headers: await headers() });
  if (session !== null) forgetSessions(session.user.id);
}
