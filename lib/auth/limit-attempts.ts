import { createHash } from 'node:crypto';
import { countAttempt, forgetAttempts } from '@/lib/store/sign-in-attempts';

const WINDOW_S = 15 * 60;
/** For one account, from wherever: a password of ten characters is not found with forty guesses an hour. */
const PER_ACCOUNT = 10;
/** For one address, whatever the account: a household or an office behind it may mistype now and then. */
const PER_ADDRESS = 50;

/** The keys hold no names: whoever reads the table learns nobody's. */
function keyOf(kind: 'account' | 'address', what: string): string {
  return `${kind}:${createHash('sha256').update(what.normalize('NFKC').trim().toLowerCase()).digest('hex')}`;
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
 * @param account as typed, or a word for what is attempted; null where no account is named.
 * @returns why not to go on, in one sentence; null to go on.
 */
export async function countSignInAttempt(account: string | null, address: string): Promise<string | null> {
  const refused = await count(keyOf('address', address), PER_ADDRESS);
  if (refused !== null || account === null) return refused;
  return count(keyOf('account', account), PER_ACCOUNT);
}

/** Somebody has got in: the mistakes before are forgotten, those of the address are not. */
export async function forgiveAccount(account: string): Promise<void> {
  await forgetAttempts([keyOf('account', account)]);
}
