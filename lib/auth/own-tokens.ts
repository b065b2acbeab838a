import { readEnv } from '@/lib/ops/env';
import { addToken, removeToken } from '@/lib/store/api-tokens';
import { confirmIdentity } from './confirm-identity';
import { hashToken, makeToken } from './one-time-token';

/** What a token begins with, so that one that lies about can be told for what it is. */
const PREFIX = 'tidings_';
const MOST = 50;

/** What is wrong, and with which field. */
interface TokenObjection {
  field: 'name' | 'password';
  message: string;
}

/**
 * Makes a token for a program, once it is certain who asks: it goes on opening what it opens when the browser that it was
 * made in is signed out.
 *
 * @returns it, this one time; or why not.
 */
export async function makeApiToken(
  userId: number,
  typed: { name: string; scope: 'READ' | 'WRITE'; password: string },
): Promise<{ token: string } | TokenObjection> {
  const name = typed.name.trim();
  if (name === '' || name.length > 60) {
    return { field: 'name', message: 'Give it a name of 60 characters at most, such as the program’s.' };
  }
  // Without accounts, whoever reaches the page is the owner.
  const wrong = readEnv().AUTH === 'off' ? null : await confirmIdentity(userId, typed.password);
  if (wrong !== null) return { field: 'password', message: wrong };
  const token = `${PREFIX}${makeToken()}`;
  const made = await addToken({ userId, name, scope: typed.scope, hash: hashToken(token) }, MOST);
  return made ? { token } : { field: 'name', message: `There are ${MOST} tokens already: revoke one first.` };
}

/** Revokes one of a user's tokens, at once and everywhere. @returns whether there was such a one. */
export function revokeApiToken(userId: number, tokenId: number): Promise<boolean> {
  return removeToken(userId, tokenId);
}
