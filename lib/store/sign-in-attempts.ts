import { openStore } from './client';

/**
 * Counts an attempt, in one statement: however many web processes count at the same time, none is missed.
 *
 * @param key whose attempts are counted together.
 * @param windowSeconds how long after its first attempt a count begins anew.
 * @returns how many there have been with this one, and in how many seconds they are forgotten.
 */
export async function countAttempt(
  key: string,
  windowSeconds: number,
): Promise<{ count: number; seconds: number }> {
  const [row] = await openStore().$queryRaw<{ count: number; seconds: number }[]>`
    INSERT INTO sign_in_attempts AS kept (key, count, reset_at)
    VALUES (${key}, 1, now() + make_interval(secs => ${windowSeconds}))
    ON CONFLICT (key) DO UPDATE SET
      count = CASE WHEN kept.reset_at < now() THEN 1 ELSE kept.count + 1 END,
      reset_at = CASE WHEN kept.reset_at < now() THEN EXCLUDED.reset_at ELSE kept.reset_at END
    RETURNING count, ceil(extract(epoch FROM reset_at - now()))::int AS seconds`;
  return row ?? { count: 1, seconds: windowSeconds };
}

/** Forgets the attempts that were counted under these keys. */
export async function forgetAttempts(keys: string[]): Promise<void> {
  await openStore().signInAttempt.deleteMany({ where: { key: { in: keys } } });
}

/** Removes what has run out: attempts, sessions, and steps of a sign-in that was not finished. */
export async function removeExpired(): Promise<void> {
  const store = openStore();
  const before = { lt: new Date() };
  await store.signInAttempt.deleteMany({ where: { resetAt: before } });
  await store.session.deleteMany({ where: { expiresAt: before } });
  await store.verification.deleteMany({ where: { expiresAt: before } });
  await store.oneTimeLink.deleteMany({ where: { expiresAt: before } });
}
