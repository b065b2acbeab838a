import { expect, it } from 'vitest';
import { createRoom } from './room';

const never = new AbortController().signal;

it('gives as many places as there are, and the next when somebody leaves', async () => {
  const room = createRoom(3);
  const first = await room.take(2, never);
  expect(first).toHaveLength(2);
  expect(await room.take(5, never)).toHaveLength(1);
  const waiting = room.take(5, never);
  first[0]?.();
  // To leave twice gives one place.
  first[0]?.();
  expect(await waiting).toHaveLength(1);
});

it('counts those who enter without asking', async () => {
  const room = createRoom(1);
  const leave = [room.enter(), room.enter()];
  const waiting = room.take(1, never);
  leave[0]?.();
  let came = false;
  const told = waiting.then(() => {
    came = true;
  });
  await Promise.resolve();
  expect(came).toBe(false);
  leave[1]?.();
  await told;
});

it('stops waiting when told to', async () => {
  const room = createRoom(1);
  room.enter();
  const stop = new AbortController();
  const waiting = room.take(1, stop.signal);
  stop.abort(new Error('the worker is stopping'));
  await expect(waiting).rejects.toThrow('the worker is stopping');
});
