import { beforeEach, expect, it } from 'vitest';
import { forgetSessions, recallSession, rememberSession, type SignedIn } from './session-memory';

const NOW = 1_800_000_000_000;
const session = (id: number, prolongAt = Number.POSITIVE_INFINITY): SignedIn => ({
  user: { id, name: 'Ada', role: 'MEMBER' },
  token: `token ${id}`,
  since: NOW,
  prolongAt,
});

beforeEach(() => {
  for (let id = 0; id < 3; id++) forgetSessions(id);
});

it('remembers a session for less than the minute in which a revoked one has to end', () => {
  rememberSession('cookie', session(1), NOW);
  expect(recallSession('cookie', false, NOW + 29_999)).toMatchObject({ token: 'token 1' });
  expect(recallSession('cookie', false, NOW + 30_000)).toBeNull();
  expect(recallSession('cookie.', false, NOW)).toBeNull();
});

it('forgets all sessions of a user, and no other', () => {
  rememberSession('one', session(1), NOW);
  rememberSession('another', session(1), NOW);
  rememberSession('somebody’s', session(2), NOW);
  forgetSessions(1);
  expect(
    ['one', 'another', 'somebody’s'].map((cookie) => recallSession(cookie, false, NOW)?.user.id),
  ).toEqual([undefined, undefined, 2]);
});

it('asks again for one that is due for its full time, where that can be given', () => {
  rememberSession('cookie', session(1, NOW), NOW);
  expect(recallSession('cookie', true, NOW)).toBeNull();
  expect(recallSession('cookie', false, NOW)).not.toBeNull();
  rememberSession('cookie', session(1, NOW + 1), NOW);
  expect(recallSession('cookie', true, NOW)).not.toBeNull();
});

it('remembers the latest ten thousand', () => {
  for (let index = 0; index <= 10_000; index++) rememberSession(`cookie ${index}`, session(1), NOW);
  expect(recallSession('cookie 0', false, NOW)).toBeNull();
  expect(recallSession('cookie 1', false, NOW)).not.toBeNull();
  expect(recallSession('cookie 10000', false, NOW)).not.toBeNull();
});
