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

/**
 * Counts an attempt to get in, whether or not there is such an account.
 *
 * @param account as typed, or a word for what is attempted; null where no account is named.
 * @returns why not to go on, in one sentence; null to go on.
 */
export async function countSignInAttempt(account: string | null, address: string): Promise<string | null> {
  const counts = await Promise.all([
    countAttempt(keyOf('address', address), WINDOW_S).then((seen) => ({ ...seen, most: PER_ADDRESS })),
    ...(account === null
      ? []
      : [countAttempt(keyOf('account', account), WINDOW_S).then((seen) => ({ ...seen, most: PER_ACCOUNT }))]),
  ]);
  const spent = counts.filter(({ count, most }) => count > most);
  if (spent.length === 0) return null;
  const minutes = Math.max(1, Math.ceil(Math.max(...spent.map(({ seconds }) => seconds)) / 60));
  return `Too many attempts. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`;
}

/** Somebody has got in: the mistakes before are forgotten, those of the address are not. */
export async function forgiveAccount(account: string): Promise<void> {
  await forgetAttempts([keyOf('account', account)]);
}
