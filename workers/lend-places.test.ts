import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { type Lender, lendPlaces } from './lend-places';

let lender: Lender;
beforeEach(() => {
  vi.useFakeTimers();
  lender = lendPlaces({ afterMs: 3000, most: 2 });
});
afterEach(() => {
  lender.stop();
  vi.useRealTimers();
});

it('gives a place away when its server says nothing for too long, and once only', () => {
  const leave = vi.fn();
  const tenant = lender.watch(leave);
  vi.advanceTimersByTime(2900);
  expect(leave).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(leave).toHaveBeenCalledTimes(1);
  tenant.end();
  expect(leave).toHaveBeenCalledTimes(1);
});

it('leaves who has had an answer where it is, until its end', () => {
  const leave = vi.fn();
  const tenant = lender.watch(leave);
  tenant.answered();
  vi.advanceTimersByTime(10_000);
  expect(leave).not.toHaveBeenCalled();
  tenant.end();
  expect(leave).toHaveBeenCalledTimes(1);
});

it('gives no more places away than it may, and goes on when one has ended', () => {
  const leaves = [vi.fn(), vi.fn(), vi.fn()];
  const [first] = leaves.map((leave) => lender.watch(leave));
  vi.advanceTimersByTime(10_000);
  expect(leaves.map((leave) => leave.mock.calls.length)).toEqual([1, 1, 0]);
  first?.end();
  vi.advanceTimersByTime(1000);
  expect(leaves.map((leave) => leave.mock.calls.length)).toEqual([1, 1, 1]);
});
