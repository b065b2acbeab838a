import { notFound } from 'next/navigation';
import { readEnv } from '@/lib/ops/env';
import { removeUser, setDisabled } from '@/lib/store/manage-users';
import { removeInvitation } from '@/lib/store/one-time-links';
import type { Reader } from '@/lib/store/users';
import { currentUser, findCurrentUser } from './current-user';
import { makeInvitation, makePasswordLink } from './make-link';
import { forgetSessions } from './session-memory';

/** @returns who asks, if they manage the installation; to everybody else, what they asked for does not exist. */
export async function requireManager(): Promise<Reader> {
  const user = await currentUser();
  if (readEnv().AUTH === 'off' || user.role === 'MEMBER') notFound();
  return user;
}

/** The same for what there is to run where there are no accounts as well: whoever reads there is the owner. */
export async function requireOperator(): Promise<Reader> {
  return readEnv().AUTH === 'off' ? currentUser() : requireManager();
}

/** @returns whether whoever asks manages the installation. */
export async function isManager(): Promise<boolean> {
  if (readEnv().AUTH === 'off') return false;
  const user = await findCurrentUser();
  return user !== null && user.role !== 'MEMBER';
}

/** Keeps somebody out, or lets them in again: everybody but oneself and the owner. */
export async function keepOut(manager: Reader, userId: number, out: boolean): Promise<void> {
  if (userId === manager.id) return;
  await setDisabled(userId, out);
  forgetSessions(userId);
}

/** Deletes somebody's account: everybody's but one's own and the owner's. */
export async function removeAccount(manager: Reader, userId: number): Promise<void> {
  if (userId === manager.id) return;
  await removeUser(userId, { sparingOwner: true });
  forgetSessions(userId);
}

/** @returns an invitation's address; null where nobody is to be invited. */
export async function invite(manager: Reader, note: string): Promise<string | null> {
  if (readEnv().REGISTRATION === 'closed') return null;
  return makeInvitation(manager.id, note.trim().slice(0, 100) || null);
}

/** Takes an invitation back. */
export async function takeBack(invitationId: number): Promise<void> {
  await removeInvitation(invitationId);
}

/** @returns the address with which a user chooses a new password; only the owner may make one for a manager. */
export async function makeResetLink(manager: Reader, user: Reader): Promise<string | null> {
  if (user.role !== 'MEMBER' && manager.role !== 'OWNER') return null;
  return makePasswordLink(user.id);
}
