import { writePassword } from './claim-link';
import { openStore } from './client';

/** @returns the hash of a user's password; null where there is none. */
export async function findPassword(userId: number): Promise<string | null> {
  const account = await openStore().account.findFirst({
    where: { userId, providerId: 'credential' },
    select: { password: true },
  });
  return account?.password ?? null;
}

/**
 * Gives a user another password, and ends every session but the one it was changed in; browsers that were not to be
 * asked for a code again are.
 *
 * @param hash as `hashPassword` makes it.
 */
export async function changePassword(userId: number, hash: string, keptToken: string | null): Promise<void> {
  await openStore().$transaction(async (tx) => {
    await writePassword(tx, userId, hash);
    await tx.session.deleteMany({
      where: { userId, ...(keptToken !== null && { token: { not: keptToken } }) },
    });
    await tx.oneTimeLink.deleteMany({ where: { userId, kind: 'PASSWORD' } });
    await tx.verification.deleteMany({
      where: { value: String(userId), identifier: { startsWith: 'trust-device-' } },
    });
  });
}
