import { removeUser } from '@/lib/store/manage-users';
import type { Reader } from '@/lib/store/users';
import { checkPassword } from './password-change';
import { forgetSessions } from './session-memory';

/**
 * Removes the account of whoever asks.
 *
 * @returns what is wrong, in one sentence; null when it is gone.
 */
export async function removeOwnAccount(user: Reader, password: string): Promise<string | null> {
  if (user.role === 'OWNER') {
    return 'The owner’s account holds the installation: it can be removed on the command line only.';
  }
  const wrong = await checkPassword(user.id, password);
  if (wrong !== null) return wrong;
  await removeUser(user.id);
  forgetSessions(user.id);
  return null;
}
