import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDeafServer } from '../support/deaf-server';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { type SmallWeb, startSmallWeb } from '../support/small-web';
import { type Backend, useStage } from '../support/stage';

const HOSTS = 30;
const OURS = 'our own network seems to be down';

interface State {
  status: string;
  errorCode: string | null;
  failures: number;
  nextReason: string | null;
  nextFetchAt: Date | null;
  lastFetchAt: Date | null;
}

async function readAll(): Promise<State[]> {
  const { openStore } = await import('@/lib/store/client');
  // In one statement: feed and schedule are as they were at one moment.
  return openStore().$queryRaw<State[]>`
    SELECT f.status::text AS status, f.error_code AS "errorCode", s.failures, s.next_reason AS "nextReason",
      s.next_fetch_at AS "nextFetchAt", s.last_fetch_at AS "lastFetchAt"
    FROM feeds f JOIN feed_schedules s ON s.feed_id = f.id ORDER BY f.id`;
}

async function subscribe(userId: number, address: string): Promise<number> {
  const { subscribe: add } = await import('@/lib/service/subscribe');
  const result = await add({ userId, address });
  if (!result.ok) throw new Error(result.message);
  return result.feedId;
}

/** The time of these feeds comes, in the background. */
async function makeDue(first: number, count: number): Promise<void> {
  const { openStore } = await import('@/lib/store/client');
  await openStore().$executeRaw`
    UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()
    WHERE feed_id >= ${first} AND feed_id < ${first + count}`;
}

const hosts = (count: number) => Array.from({ length: count }, (_, host) => host);

describe.each<Backend>(['postgres', 'redis'])('an outage, on %s', (backend) => {
  const stage = useStage(backend);
  let web: SmallWeb;
  beforeAll(async () => {
    web = await startSmallWeb();
    web.answer = ({ path }, response) => response.end(writeRss(path, makeItems(3, path)));
  });
  afterAll(() => web.close());

  const store = async () => (await import('@/lib/store/client')).openStore();
  it('is charged to nobody, and what is behind drains bit by bit when it is over', async () => {
    const worker = await stage.current.startWorker();
    const ids = await Promise.all(
      hosts(HOSTS).map((host) => subscribe(stage.current.userId, `${web.origin(host)}/feed`)),
    );
    for (const id of ids) await stage.current.untilStatus(id, 'ready');
    const first = Math.min(...ids);
    await web.sink();
    await makeDue(first, HOSTS);
    const missed = await eventually(async () => {
      const feeds = await readAll();
      return feeds.every(({ nextReason }) => nextReason === OURS) && feeds;
    }, 'all feeds wait for our own network');
    for (const { status, failures, errorCode, nextFetchAt, lastFetchAt } of missed) {
      expect({ status, failures, errorCode }).toEqual({ status: 'READY', failures: 0, errorCode: null });
      const wait = (nextFetchAt?.getTime() ?? 0) - (lastFetchAt?.getTime() ?? 0);
      expect(wait).toBeGreaterThan(55_000);
      expect(wait).toBeLessThan(190_000);
    }
    await web.raise();
    web.visits.length = 0;
    // Ninety seconds pass, and then every second is worth twelve.
    await (await store()).$executeRaw`
      UPDATE feed_schedules SET next_fetch_at = now() + (next_fetch_at - now()) / 12, sweep_at = now() + (next_fetch_at - now()) / 12`;
    await eventually(() => web.visits.length === HOSTS || null, 'every feed fetched again', 40_000);
    await eventually(async () => {
      const feeds = await readAll();
      return feeds.every(({ nextReason, status }) => nextReason !== OURS && status === 'READY');
    }, 'every feed well');
    const times = web.visits.map(({ begun }) => begun).sort((a, b) => a - b);
    // Two minutes of jitter are ten seconds here: no second has half of them. (A third it has once in forty times.)
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(4000);
    for (const time of times)
      expect(times.filter((other) => other >= time && other < time + 1000).length).toBeLessThan(HOSTS / 2);
    await worker.end('SIGTERM');
  });

  it('is not what a few dead feeds have: these are told as dead, however often they are tried', async () => {
    const { refreshFeed } = await import('@/lib/service/refresh-feed');
    const worker = await stage.current.startWorker();
    await web.sink();
    const dead = await Promise.all(
      hosts(5).map((host) => subscribe(stage.current.userId, `${web.origin(900 + host)}/dead`)),
    );
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      for (const feedId of dead) {
        await eventually(async () => {
          const status = await stage.current.untilStatus(feedId, 'failing');
          return status.attempt === attempt && status;
        }, `attempt ${attempt} of feed ${feedId}`);
        await refreshFeed({ userId: stage.current.userId, feedId });
      }
    }
    await worker.end('SIGTERM');
    await web.raise();
  });
});

describe('an outage is noticed', () => {
  const COUNT = 12;
  const stage = useStage('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'tidings-outage-'));
  const file = join(folder, 'resolver.json');
  const resolve = (answer: { address: string } | { error: string }) =>
    writeFileSync(file, JSON.stringify(answer));
  const answerFeed: SmallWeb['answer'] = ({ path }, response) => {
    // A connection that is used again would outlive the outage.
    response.writeHead(200, { connection: 'close' }).end(writeRss(path, makeItems(3, path)));
  };
  let web: SmallWeb;
  let port: number;
  let first: number;

  beforeAll(async () => {
    web = await startSmallWeb();
    web.answer = answerFeed;
    port = Number(new URL(web.origin(0)).port);
    resolve({ address: '127.0.0.1' });
    await stage.current.startWorker({
      NODE_OPTIONS: `--import=${fileURLToPath(new URL('../support/switched-resolver.mjs', import.meta.url))}`,
      RESOLVER_FILE: file,
      FETCH_CONNECT_TIMEOUT_MS: '1500',
      FETCH_TIMEOUT_MS: '3000',
    });
    const ids = await Promise.all(
      hosts(COUNT).map((host) =>
        subscribe(stage.current.userId, `http://host-${host}.switched.example:${port}/feed`),
      ),
    );
    for (const id of ids) await stage.current.untilStatus(id, 'ready');
    first = Math.min(...ids);
  });
  afterAll(async () => {
    await web?.close();
    rmSync(folder, { recursive: true });
  });

  const answersAgain = async () => resolve({ address: '127.0.0.1' });

  it.each<{ when: string; code: string; begin: () => Promise<() => Promise<void>> }>([
    {
      when: 'no name can be looked up',
      code: 'dns',
      async begin() {
        resolve({ error: 'EAI_AGAIN' });
        return answersAgain;
      },
    },
    {
      when: 'no way leads anywhere',
      code: 'connect',
      async begin() {
        // What is sent to everybody on loopback cannot be dialled: the network cannot be reached, says the kernel.
        resolve({ address: '127.255.255.255' });
        return answersAgain;
      },
    },
    {
      when: 'nobody answers who is dialled',
      code: 'timeout',
      async begin() {
        await web.sink();
        const end = await startDeafServer('127.9.9.9', port);
        resolve({ address: '127.9.9.9' });
        return async () => {
          await end();
          await web.raise();
          await answersAgain();
        };
      },
    },
    {
      when: 'names lead into our own network',
      code: 'blocked-address',
      async begin() {
        resolve({ address: '10.1.2.3' });
        return answersAgain;
      },
    },
    {
      when: 'connections are broken off',
      code: 'reset',
      async begin() {
        web.answer = (_request, response) => response.destroy();
        return async () => {
          web.answer = answerFeed;
        };
      },
    },
    {
      when: 'connections fall silent',
      code: 'timeout',
      async begin() {
        web.answer = () => undefined;
        return async () => {
          web.answer = answerFeed;
        };
      },
    },
  ])('when $when', async ({ code, begin }) => {
    const { openStore } = await import('@/lib/store/client');
    const end = await begin();
    const { _max: before } = await openStore().fetch.aggregate({ _max: { id: true } });
    await makeDue(first, COUNT);
    const missed = await eventually(async () => {
      const feeds = await readAll();
      return feeds.every(({ nextReason }) => nextReason === OURS) && feeds;
    }, 'all feeds wait for our own network');
    for (const { status, failures, errorCode } of missed)
      expect({ status, failures, errorCode }).toEqual({ status: 'READY', failures: 0, errorCode: null });
    const attempts = await openStore().fetch.findMany({ where: { id: { gt: before.id ?? 0 } } });
    expect(attempts.map(({ errorCode }) => errorCode)).toEqual(hosts(COUNT).map(() => code));
    await end();
    await makeDue(first, COUNT);
    await eventually(async () => {
      const feeds = await readAll();
      return feeds.every(({ nextReason, status }) => nextReason !== OURS && status === 'READY');
    }, 'every feed well');
  });
});
