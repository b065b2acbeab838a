import { endSession, endSessions, listSessions, type SessionView } from '@/lib/store/sessions';
import { readSession } from './read-session';
import { forgetSessions } from './session-memory';

/** @returns where a user is signed in, this browser first. */
export async function readOwnSessions(userId: number): Promise<SessionView[]> {
  return listSessions(userId, (await readSession())?.token ?? null);
}

/** Signs one of a user's browsers out: here at once, in other web processes within half a minute. */
export async function endOwnSession(userId: number, sessionId: number): Promise<boolean> {
  const ended = await endSession(userId, sessionId);
  forgetSessions(userId);
  return ended;
}

/** Signs all of a user's browsers out but this one. @returns how many there were. */
export async function endOtherSessions(userId: number): Promise<number> {
  const ended = await endSessions(userId, (await readSession())?.token ?? null);
  forgetSessions(userId);
  return ended;
}
