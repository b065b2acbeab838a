import { expect, it } from 'vitest';
import { batchWrites } from './batch-writes';

/** A database that takes each batch only when told to. */
function openSlowly() {
  const batches: number[][] = [];
  const waiting: (() => void)[] = [];
  const write = async (entries: number[]) => {
    batches.push(entries);
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (entries.includes(13)) throw new Error('not 13');
    return entries.map((entry) => entry * 2);
  };
  const drain = async (work: Promise<unknown>) => {
    let ended = false;
    const end = () => {
      ended = true;
    };
    work.then(end, end);
    while (!ended) {
      for (const go of waiting.splice(0)) go();
      await new Promise(setImmediate);
    }
  };
  return { batches, write, drain };
}

it('writes the first at once, and what comes meanwhile together', async () => {
  const { batches, write, drain } = openSlowly();
  const save = batchWrites(write, { most: 3 });
  const all = Promise.all([1, 2, 3, 4, 5].map(save));
  await drain(all);
  expect(await all).toEqual([2, 4, 6, 8, 10]);
  expect(batches).toEqual([[1], [2, 3, 4], [5]]);
});

it('keeps as many writes under way as there are lanes', async () => {
  const { batches, write, drain } = openSlowly();
  const save = batchWrites(write, { lanes: 2 });
  const all = Promise.all([1, 2, 3, 4].map(save));
  expect(batches).toEqual([[1], [2]]);
  await drain(all);
  expect(batches).toEqual([[1], [2], [3, 4]]);
});

it('an entry that is not taken fails alone', async () => {
  const { write, drain } = openSlowly();
  const save = batchWrites(write);
  const all = Promise.allSettled([1, 13, 3].map(save));
  await drain(all);
  expect((await all).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
