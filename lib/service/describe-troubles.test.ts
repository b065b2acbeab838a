import { expect, it } from 'vitest';
import { describeTroubles } from './describe-troubles';

const WELL = { liveWorkers: 1, oldestDueSeconds: 119, databaseMs: 499, paused: false };

const codes = (change: Partial<typeof WELL>) =>
  describeTroubles({ ...WELL, ...change }).map((trouble) => trouble.code);

it('says nothing while all is well', () => {
  expect(codes({})).toEqual([]);
});

it.each([
  [{ liveWorkers: 0 }, ['no-worker']],
  [{ oldestDueSeconds: 120 }, ['behind']],
  [{ databaseMs: 500 }, ['database-slow']],
  [{ liveWorkers: 0, oldestDueSeconds: 9000 }, ['no-worker']],
  [{ paused: true }, ['paused']],
  [{ paused: true, oldestDueSeconds: 9000 }, ['paused']],
  [{ paused: true, liveWorkers: 0 }, ['no-worker']],
  [{ databaseMs: 2000, oldestDueSeconds: 9000 }, ['database-slow', 'behind']],
])('tells %j', (change, expected) => {
  expect(codes(change)).toEqual(expected);
});

it('tells a database that does not answer, and nothing that only it would know', () => {
  expect(describeTroubles(null).map((trouble) => trouble.code)).toEqual(['database-down']);
});

it.each([
  [125, '2 minutes'],
  [5340, '89 minutes'],
  [7200, '2 hours'],
  [200_000, '2 days'],
])('says a lag of %i seconds as %s', (oldestDueSeconds, words) => {
  expect(describeTroubles({ ...WELL, oldestDueSeconds })[0]?.message).toContain(`checked ${words} late`);
});
