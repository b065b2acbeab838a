import { addToken, removeToken } from '@/lib/store/api-tokens';
import { hashToken, makeToken } from './one-time-token';

/** What a token begins with, so that one that lies about can be told for what it is. */
const PREFIX = 'tidings_';
const MOST = 50;

/**
 * Makes a token for a program.
 *
 * @returns it, this one time; or one sentence why not.
 */
export async function makeApiToken(
  userId: number,
  name: string,
  scope: 'READ' | 'WRITE',
): Promise<{ token: string } | { refused: string }> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > 60) {
    return { refused: 'Give it a name of 60 characters at most, such as the program’s.' };
  }
  const token = `${PREFIX}${makeToken()}`;
  const made = await addToken({ userId, name: trimmed, scope, hash: hashToken(token) }, MOST);
  return made ? { token } : { refused: `There are ${MOST} tokens already: revoke one first.` };
}

/** Revokes one of a user's tokens, at once and everywhere. @returns whether there was such a one. */
export function revokeApiToken(userId: number, tokenId: number): Promise<boolean> {
  return removeToken(userId, tokenId);
}
