import { removeUser } from '@/lib/store/manage-users';
import type { Reader } from '@/lib/store/users';
import { asksPassword, confirmIdentity } from './confirm-identity';
import { forgetSessions } from './session-memory';

/**
 * Removes the account of whoever asks, once they have typed its password, or its name where it has none.
 *
 * @returns what is wrong, in one sentence; null when it is gone.
 */
export async function removeOwnAccount(
  user: Reader,
  typed: { password: string; name: string },
): Promise<string | null> {
  if (user.role === 'OWNER') {
    return 'The owner’s account holds the installation: it can be removed on the command line only.';
  }
  const isNamed = typed.name.trim().toLowerCase() === user.name.toLowerCase();
  if (!isNamed && !(await asksPassword(user.id))) return 'That is not the name of the account.';
  const wrong = await confirmIdentity(user.id, typed.password);
  if (wrong !== null) return wrong;
  await removeUser(user.id);
  forgetSessions(user.id);
  return null;
}
