import { readEnv } from '@/lib/ops/env';
import { findTokenUser } from '@/lib/store/api-tokens';
import type { Reader } from '@/lib/store/users';
import { findCurrentUser } from './current-user';
import { hashToken } from './one-time-token';
import { readSession } from './read-session';

/** Who sends a request to the JSON API. */
export type Asking =
  | { kind: 'somebody'; user: Reader; by: 'session' | 'token' }
  | { kind: 'nobody' }
  | { kind: 'may-only-read' };

/** Methods that change nothing (RFC 9110, 9.2.1). */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Finds out who asks, by the token in `Authorization: Bearer`, or else by the browser's session. A token that is wrong
 * is nobody's, whatever session comes with it.
 */
export async function identify(request: Request): Promise<Asking> {
  const authorization = request.headers.get('authorization');
  const sent = authorization === null ? null : /^Bearer +(\S{1,200})$/i.exec(authorization);
  if (sent?.[1] !== undefined) {
    const token = await findTokenUser(hashToken(sent[1]));
    if (token === null) return { kind: 'nobody' };
    if (token.scope === 'READ' && !SAFE.includes(request.method)) return { kind: 'may-only-read' };
    return { kind: 'somebody', user: token.user, by: 'token' };
  }
  // Here the browser's cookie can be given its full time again; the page that has asked could not.
  if (readEnv().AUTH === 'on') await readSession({ prolong: true });
  const user = await findCurrentUser();
  return user === null ? { kind: 'nobody' } : { kind: 'somebody', user, by: 'session' };
}
