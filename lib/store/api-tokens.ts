import { openStore } from './client';
import type { TokenScope } from './generated/client';
import type { Reader } from './users';

/** A program's token as its owner's page shows it. */
export interface TokenView {
  id: number;
  name: string;
  scope: TokenScope;
  createdAt: Date;
  lastUsedAt: Date | null;
}

/** @returns a user's tokens, newest first. */
export function listTokens(userId: number): Promise<TokenView[]> {
  return openStore().apiToken.findMany({
    where: { userId },
    orderBy: { id: 'desc' },
    select: { id: true, name: true, scope: true, createdAt: true, lastUsedAt: true },
  });
}

/**
 * @param hash SHA-256 of the token.
 * @returns false when the user has `most` already.
 */
export async function addToken(
  token: { userId: number; name: string; scope: TokenScope; hash: Uint8Array<ArrayBuffer> },
  most: number,
): Promise<boolean> {
  const { userId, name, scope, hash } = token;
  const written = await openStore().$executeRaw`
    INSERT INTO api_tokens (user_id, name, scope, hash)
    SELECT ${userId}, ${name}, ${scope}::token_scope, ${hash}
    WHERE (SELECT count(*) FROM api_tokens WHERE user_id = ${userId}) < ${most}`;
  return written > 0;
}

/** Revokes a user's token. @returns whether there was such a one. */
export async function removeToken(userId: number, tokenId: number): Promise<boolean> {
  const { count } = await openStore().apiToken.deleteMany({ where: { id: tokenId, userId } });
  return count > 0;
}

/**
 * Finds whose token it is, and notes that it is in use, unless that was noted within the last minute.
 *
 * @param hash SHA-256 of what was sent.
 * @returns null when there is no such token, or its user has been disabled.
 */
export async function findTokenUser(
  hash: Uint8Array<ArrayBuffer>,
): Promise<{ user: Reader; scope: TokenScope } | null> {
  const store = openStore();
  const token = await store.apiToken.findFirst({
    where: { hash, user: { disabledAt: null } },
    select: {
      id: true,
      scope: true,
      lastUsedAt: true,
      user: { select: { id: true, name: true, role: true } },
    },
  });
  if (token === null) return null;
  const { id, user, scope, lastUsedAt } = token;
  if (lastUsedAt === null || Date.now() - lastUsedAt.getTime() > 60_000) {
    await store.apiToken.updateMany({ where: { id }, data: { lastUsedAt: new Date() } });
  }
  return { user, scope };
}
