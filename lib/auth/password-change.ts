import { changePassword } from '@/lib/store/passwords';
import type { Reader } from '@/lib/store/users';
import { confirmIdentity } from './confirm-identity';
import { hashPassword, judgePassword } from './password';
import { readSession } from './read-session';
import { forgetSessions } from './session-memory';

/** What is wrong, and with which field. */
export interface PasswordObjection {
  field: 'current' | 'password';
  message: string;
}

/** Changes the password, or sets the first one. Every other session ends. @returns null when it is done. */
export async function replacePassword(
  user: Reader,
  typed: { current: string; password: string },
): Promise<PasswordObjection | null> {
  const wrong = await confirmIdentity(user.id, typed.current);
  if (wrong !== null) return { field: 'current', message: wrong };
  const weak = judgePassword(typed.password, user.name);
  if (weak !== null) return { field: 'password', message: weak };
  const session = await readSession();
  await changePassword(user.id, await hashPassword(typed.password), session?.token ?? null);
  forgetSessions(user.id);
  return null;
}
