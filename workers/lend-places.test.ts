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

/** A room that counts who is in it. */
function countRoom() {
  const room = {
    taken: 0,
    enter() {
      room.taken += 1;
      return () => {
        room.taken -= 1;
      };
    },
  };
  return room;
}

it('gives a place away when its server says nothing for too long, and once only', () => {
  const room = countRoom();
  const tenant = lender.watch(room, room.enter());
  vi.advanceTimersByTime(2900);
  expect(room.taken).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(room.taken).toBe(0);
  tenant.end();
  expect(room.taken).toBe(0);
});

it('leaves who has had an answer where it is, until its end', () => {
  const room = countRoom();
  const tenant = lender.watch(room, room.enter());
  tenant.answered();
  vi.advanceTimersByTime(10_000);
  expect(room.taken).toBe(1);
  tenant.end();
  expect(room.taken).toBe(0);
});

it('gives who has its answer at last a place again, until its end', () => {
  const room = countRoom();
  const tenant = lender.watch(room, room.enter());
  vi.advanceTimersByTime(4000);
  tenant.answered();
  tenant.answered();
  expect(room.taken).toBe(1);
  tenant.end();
  expect(room.taken).toBe(0);
});

it('gives a place away that was taken again, when the next server says nothing', () => {
  const room = countRoom();
  const tenant = lender.watch(room, room.enter());
  vi.advanceTimersByTime(4000);
  tenant.answered();
  tenant.asks();
  vi.advanceTimersByTime(2900);
  expect(room.taken).toBe(1);
  vi.advanceTimersByTime(1000);
  expect(room.taken).toBe(0);
  tenant.asks();
  tenant.end();
  expect(room.taken).toBe(0);
});

it('gives no more places away than it may, and goes on when one has ended or has its answer', () => {
  const room = countRoom();
  const [first, second] = Array.from({ length: 4 }, () => lender.watch(room, room.enter()));
  vi.advanceTimersByTime(10_000);
  expect(room.taken).toBe(2);
  first?.end();
  vi.advanceTimersByTime(1000);
  expect(room.taken).toBe(1);
  second?.answered();
  expect(room.taken).toBe(2);
  vi.advanceTimersByTime(1000);
  expect(room.taken).toBe(1);
});
