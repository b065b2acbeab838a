import { openStore } from './client';

/** A browser that is signed in. */
export interface SessionView {
  id: number;
  ipAddress: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  current: boolean;
}

/** @returns the sessions of a user, the one that asks first, then the latest seen. */
export async function listSessions(userId: number, currentToken: string | null): Promise<SessionView[]> {
  const rows = await openStore().session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: { lastSeenAt: 'desc' },
    take: 200,
  });
  return rows
    .map(({ token, id, ipAddress, userAgent, createdAt, lastSeenAt }) => ({
      id,
      ipAddress,
      userAgent,
      createdAt,
      lastSeenAt,
      current: token === currentToken,
    }))
    .sort((a, b) => Number(b.current) - Number(a.current));
}

/** Ends one session of a user. @returns whether there was such a one. */
export async function endSession(userId: number, sessionId: number): Promise<boolean> {
  const { count } = await openStore().session.deleteMany({ where: { id: sessionId, userId } });
  return count > 0;
}

/** Ends the sessions of a user, but for the one with this token. @returns how many. */
export async function endSessions(userId: number, exceptToken: string | null = null): Promise<number> {
  const { count } = await openStore().session.deleteMany({
    where: { userId, ...(exceptToken !== null && { token: { not: exceptToken } }) },
  });
  return count;
}

/** Notes that session and user have been seen, unless that was noted within the last five minutes. */
export async function touchSession(token: string): Promise<void> {
  await openStore().$executeRaw`
    WITH seen AS (
      UPDATE sessions SET last_seen_at = now()
      WHERE token = ${token} AND last_seen_at < now() - interval '5 minutes' RETURNING user_id
    )
    UPDATE users SET last_seen_at = now()
    WHERE id IN (SELECT user_id FROM seen)
       OR (last_seen_at IS NULL AND id = (SELECT user_id FROM sessions WHERE token = ${token}))`;
}
