import { openStore } from './client';

/** What signing in with a password needs to know of an account. */
export interface SignInName {
  userId: number;
  username: string;
  hash: string;
  disabled: boolean;
}

/**
 * @param typed a name or an email address, in whatever case.
 * @returns null when nobody signs in with a password under it.
 */
export async function findSignInName(typed: string): Promise<SignInName | null> {
  const key = typed.normalize('NFKC').trim().toLowerCase();
  const [row] = await openStore().$queryRaw<SignInName[]>`
    SELECT u.id AS "userId", u.username, a.password AS hash, u.disabled_at IS NOT NULL AS disabled
    FROM users u JOIN accounts a ON a.user_id = u.id AND a.provider_id = 'credential'
    WHERE (u.username = ${key} OR u.email = ${key}) AND u.username IS NOT NULL AND a.password IS NOT NULL
    ORDER BY u.username = ${key} DESC LIMIT 1`;
  return row ?? null;
}

/** @returns how a user gets in, as their settings show it. */
export async function readWaysIn(userId: number) {
  const store = openStore();
  const [user, accounts, passkeys] = await Promise.all([
    store.user.findUniqueOrThrow({
      where: { id: userId },
      select: { name: true, username: true, email: true, twoFactorEnabled: true },
    }),
    store.account.findMany({ where: { userId }, select: { providerId: true } }),
    store.passkey.findMany({
      where: { userId },
      orderBy: { id: 'asc' },
      select: { id: true, name: true, createdAt: true },
    }),
  ]);
  const providers = accounts.map((account) => account.providerId);
  return {
    ...user,
    passkeys,
    hasPassword: providers.includes('credential'),
    hasProvider: providers.some((id) => id !== 'credential'),
  };
}

/** @returns whether the user had such a passkey. */
export async function removePasskey(userId: number, passkeyId: number): Promise<boolean> {
  const { count } = await openStore().passkey.deleteMany({ where: { id: passkeyId, userId } });
  return count > 0;
}
