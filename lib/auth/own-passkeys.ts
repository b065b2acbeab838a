import { removePasskey } from '@/lib/store/sign-in-names';

/** Removes one of a user's passkeys. @returns whether there was such a one. */
export function removeOwnPasskey(userId: number, passkeyId: number): Promise<boolean> {
  return removePasskey(userId, passkeyId);
}
