import { openStore } from './client';

/** Takes the authenticator app from a user who has lost it, and the browsers that were not to be asked for codes. */
export async function removeSecondStep(userId: number): Promise<void> {
  const store = openStore();
  await store.$transaction([
    store.twoFactor.deleteMany({ where: { userId } }),
    store.user.update({ where: { id: userId }, data: { twoFactorEnabled: false } }),
    store.verification.deleteMany({
      where: { value: String(userId), identifier: { startsWith: 'trust-device-' } },
    }),
  ]);
}
