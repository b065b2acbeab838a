import { createHash } from 'node:crypto';
import { countAttempt, forgetAttempts } from '@/lib/store/sign-in-attempts';

const WINDOW_S = 15 * 60;
/** For one account, from wherever: a password of ten characters is not found with forty guesses an hour. */
const PER_ACCOUNT = 10;
/** For one address, whatever the account: a household or an office behind it may mistype now and then. */
const PER_ADDRESS = 50;
/** A code of an authenticator app is taken from half a minute before its own until half a minute after it. */
const CODE_S = 120;

/**
 * Whose attempts are counted together: those at a name, as typed; those of a browser that has been let in to the account
 * before (known-browser.ts), which nobody who guesses elsewhere locks out; those of a user who is signed in.
 */
export type Attempts = { name: string } | { browser: string } | { userId: number };

/** The keys hold no names: whoever reads the table learns nobody's. */
function keyOf(kind: 'name' | 'browser' | 'user' | 'address' | 'code', what: string): string {
  return `${kind}:${createHash('sha256').update(what.normalize('NFKC').trim().toLowerCase()).digest('hex')}`;
}

function keyOfAttempts(attempts: Attempts): string {
  if ('name' in attempts) return keyOf('name', attempts.name);
  return 'browser' in attempts ? keyOf('browser', attempts.browser) : keyOf('user', String(attempts.userId));
}

/** @returns why not to go on, in one sentence; null to go on. */
async function count(key: string, most: number): Promise<string | null> {
  const seen = await countAttempt(key, WINDOW_S);
  if (seen.count <= most) return null;
  const minutes = Math.max(1, Math.ceil(seen.seconds / 60));
  return `Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
}

/**
 * Counts an attempt to get in, whether or not there is such an account. An address that has used up its own neither
 * uses up an account's nor fills the table with names.
 *
 * @param attempts null where no account is named.
 * @returns why not to go on, in one sentence; null to go on.
 */
export async function countSignInAttempt(attempts: Attempts | null, address: string): Promise<string | null> {
  const refused = await count(keyOf('address', address), PER_ADDRESS);
  if (refused !== null || attempts === null) return refused;
  return count(keyOfAttempts(attempts), PER_ACCOUNT);
}

/** Somebody has got in: their mistakes before are forgotten; those of the address and of other browsers are not. */
export async function forgiveAttempts(attempts: Attempts): Promise<void> {
  await forgetAttempts([keyOfAttempts(attempts)]);
}

/** @returns how often this code has let this user in, with this time, in all web processes. */
export async function countCodeUse(userId: number, code: string): Promise<number> {
  return (await countAttempt(keyOf('code', `${userId} ${code}`), CODE_S)).count;
}
