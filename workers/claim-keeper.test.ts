import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type ClaimKeeper, startClaimKeeper } from './claim-keeper';

let keeper: ClaimKeeper;
let asked: string[][];
let renew: (tokens: string[]) => Promise<string[]>;
const lost: string[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  lost.length = 0;
  renew = async (tokens) => tokens;
  keeper = startClaimKeeper((tokens) => {
    asked.push(tokens);
    return renew(tokens);
  });
});
afterEach(() => {
  keeper.stop();
  vi.useRealTimers();
});

const keep = (token: string, heldFrom = performance.now()) =>
  keeper.keep({ token, heldFrom }, () => lost.push(token));

it('renews what takes long, and leaves alone what has ended', async () => {
  keep('long');
  keep('short');
  keeper.release('short');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked).toHaveLength(12);
  expect(asked.every((tokens) => tokens.join() === 'long')).toBe(true);
  keeper.check('long');
  expect(lost).toEqual([]);
});

it('tells when another worker has the feed, once', async () => {
  keep('mine');
  keep('theirs');
  renew = async (tokens) => tokens.filter((token) => token === 'mine');
  await vi.advanceTimersByTimeAsync(30_000);
  expect(lost).toEqual(['theirs']);
});

it('gives up a claim that the database does not renew in time', async () => {
  keep('cut off');
  renew = () => Promise.reject(new Error('the database is away'));
  await vi.advanceTimersByTimeAsync(19_000);
  keeper.check('cut off');
  expect(lost).toEqual([]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(lost).toEqual(['cut off']);
});

it('a renewal holds from when it was asked for, not from when it was answered', async () => {
  keep('slow');
  renew = (tokens) => new Promise((resolve) => setTimeout(() => resolve(tokens), 4000));
  await vi.advanceTimersByTimeAsync(9000);
  renew = () => new Promise(() => undefined);
  await vi.advanceTimersByTimeAsync(15_500);
  keeper.check('slow');
  expect(lost).toEqual([]);
  await vi.advanceTimersByTimeAsync(600);
  expect(lost).toEqual(['slow']);
});

it('a process that was suspended gives up its claims before it asks a server', () => {
  keep('slept through', performance.now() - 25_000);
  keep('fresh');
  keeper.check('slept through');
  keeper.check('fresh');
  keeper.check('slept through');
  expect(lost).toEqual(['slept through']);
});
