import { openStore } from './client';
import type { UserRole } from './generated/client';
import { makeOwnAddress } from './own-address';

/** A user as the administrator sees them: who, never what they read. */
export interface UserRow {
  id: number;
  name: string;
  email: string | null;
  role: UserRole;
  createdAt: Date;
  lastSeenAt: Date | null;
  disabledAt: Date | null;
  feeds: number;
}

/** Whoever has read for years has hundreds of thousands of states. */
const PATIENT = { timeout: 60_000 };

/** @returns the users, oldest first. @param most how many at most. */
export async function listUsers(most = 1000): Promise<UserRow[]> {
  const rows = await openStore().user.findMany({
    orderBy: { id: 'asc' },
    take: most,
    select: {
      id: true,
      name: true,
      email: true,
      role: true,
      createdAt: true,
      lastSeenAt: true,
      disabledAt: true,
      _count: { select: { subscriptions: true } },
    },
  });
  return rows.map(({ _count, ...user }) => ({ ...user, feeds: _count.subscriptions }));
}

/**
 * Keeps a user out, or lets them in again. Keeping out ends sessions and links; tokens and feeds stay for the day that
 * they are let in again.
 *
 * @returns false when there is no such user, or it is the owner.
 */
export async function setDisabled(userId: number, disabled: boolean): Promise<boolean> {
  return openStore().$transaction(async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { id: userId, role: { not: 'OWNER' } },
      data: { disabledAt: disabled ? new Date() : null, updatedAt: new Date() },
    });
    if (count === 0) return false;
    if (disabled) {
      await tx.session.deleteMany({ where: { userId } });
      await tx.oneTimeLink.deleteMany({ where: { OR: [{ userId }, { madeById: userId }] } });
    }
    return true;
  });
}

/**
 * Removes a user and everything that is theirs alone. Feeds that others subscribe to stay; the rest is no longer
 * fetched, and feeds with the user's password go altogether.
 *
 * @returns false when there is no such user, or it is the owner, who was to be spared.
 */
export async function removeUser(userId: number, { sparingOwner = false } = {}): Promise<boolean> {
  const ownFeeds = `%${makeOwnAddress('', userId)}`;
  return openStore().$transaction(async (tx) => {
    // The user's own row first: nobody subscribes on their behalf meanwhile.
    const [user] = await tx.$queryRaw<{ role: UserRole }[]>`
      SELECT role FROM users WHERE id = ${userId} FOR UPDATE`;
    if (user === undefined || (sparingOwner && user.role === 'OWNER')) return false;
    // Also those that the user has left: their passwords are still in them. Schedules are locked before their feeds.
    await tx.$queryRaw`
      SELECT feed_id FROM feed_schedules WHERE feed_id IN (
        SELECT feed_id FROM subscriptions WHERE user_id = ${userId}
        UNION SELECT id FROM feeds WHERE url LIKE ${ownFeeds}
      ) ORDER BY feed_id FOR UPDATE`;
    await tx.$executeRaw`DELETE FROM feeds WHERE url LIKE ${ownFeeds}`;
    await tx.$executeRaw`
      UPDATE feed_schedules f SET sweep_at = NULL
      WHERE feed_id IN (SELECT feed_id FROM subscriptions WHERE user_id = ${userId})
        AND NOT EXISTS (SELECT FROM subscriptions s WHERE s.feed_id = f.feed_id AND user_id <> ${userId})`;
    await tx.user.delete({ where: { id: userId } });
    return true;
  }, PATIENT);
}

/** @returns whether the user is kept out; also when there is no such user. */
export async function isDisabled(userId: number): Promise<boolean> {
  const user = await openStore().user.findFirst({
    where: { id: userId, disabledAt: null },
    select: { id: true },
  });
  return user === null;
}
