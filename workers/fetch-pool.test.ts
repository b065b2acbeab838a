import { expect, it, vi } from 'vitest';
import { log } from '@/lib/ops/log';
import type { ClaimedFeed } from '@/lib/store/claims';
import type { FetchContext } from './fetch-context';
import { createFetchPool, type FetchPool } from './fetch-pool';

const makeFeed = (id: number) =>
  ({
    id,
    host: 'host.example',
    url: 'http://host.example/',
    token: `token ${id}`,
    hints: null,
  }) as ClaimedFeed;

/** A worker whose claims are answered when the test says so; each of its fetches ends at once, on a bug. */
function setUp() {
  log.level = 'silent';
  const answers: ((feeds: ClaimedFeed[]) => void)[] = [];
  const ended: number[] = [];
  const nothing = () => undefined;
  const context = {
    fetch: () => Promise.reject(new Error('a bug')),
    keeper: { keep: nothing, check: nothing, release: nothing },
    outage: { reached: nothing },
    visits: { follow: () => ({ enter: nothing, end: nothing }) },
    now: () => new Date(),
    random: () => 0.5,
    store: {
      claimFeeds: () => new Promise((resolve) => answers.push(resolve)),
      async finishFailed({ feedId }: { feedId: number }) {
        ended.push(feedId);
        return true;
      },
    },
  };
  return { pool: createFetchPool(context as unknown as FetchContext, 10), answers, ended };
}

/** Has a pool finish, which it is not to do at once. */
async function beginToFinish(pool: FetchPool) {
  const stopped = vi.fn();
  const stopping = pool.finish(5000, Promise.resolve()).then(stopped);
  await new Promise((resolve) => setImmediate(resolve));
  expect(stopped).not.toHaveBeenCalled();
  return { stopping };
}

it('stops only when what it was claiming at that moment has been seen to, too', async () => {
  const { pool, answers, ended } = setUp();
  const taken = pool.fetch([1]);
  answers[0]?.([makeFeed(1)]);
  await taken;
  // Its end frees a place at its host: the next in line is being claimed.
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  const { stopping } = await beginToFinish(pool);
  answers[1]?.([makeFeed(2)]);
  await stopping;
  expect(ended).toEqual([1, 2]);
});

it.each(['fetch', 'refresh'] as const)(
  'waits for what a job is claiming, though the queue does not: %s',
  async (name) => {
    const { pool, answers, ended } = setUp();
    const job = pool[name]([1], new AbortController().signal);
    await vi.waitFor(() => expect(answers).toHaveLength(1));
    const { stopping } = await beginToFinish(pool);
    answers[0]?.([makeFeed(1)]);
    await Promise.all([job, stopping]);
    expect(ended).toEqual([1]);
    await pool[name]([2], new AbortController().signal);
    expect(answers).toHaveLength(1);
  },
);

it('does not wait for a queue that hangs, and fills no place again', async () => {
  const { pool, answers, ended } = setUp();
  const taken = pool.fetch([1]);
  const stopping = pool.finish(50, new Promise(() => undefined));
  answers[0]?.([makeFeed(1)]);
  await Promise.all([taken, stopping]);
  expect(ended).toEqual([1]);
  expect(answers).toHaveLength(1);
  await pool.fetch([2]);
  expect(answers).toHaveLength(1);
});

it('takes what a person waits for until the queue hands over nothing more', async () => {
  const { pool, answers, ended } = setUp();
  let endJobs: () => void = () => undefined;
  const lastJobs = new Promise<void>((resolve) => {
    endJobs = resolve;
  });
  const stopping = pool.finish(5000, lastJobs);
  const taken = pool.fetch([1]);
  answers[0]?.([makeFeed(1)]);
  await taken;
  endJobs();
  await stopping;
  expect(ended).toEqual([1]);
});
