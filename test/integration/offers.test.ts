import { beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { useStage } from '../support/stage';

const stage = useStage('postgres');

let strangerId = 0;

const store = async () => (await import('@/lib/store/client')).openStore();
const offersOf = async (userId: number, feedId: number) =>
  (await import('@/lib/store/offers')).readOffers(userId, feedId);

beforeAll(async () => {
  strangerId = (await (await store()).user.create({ data: { name: 'stranger' } })).id;
  await stage.current.startWorker();
});

async function add(path: string, userId = stage.current.userId): Promise<number> {
  const { subscribe } = await import('@/lib/service/subscribe');
  const result = await subscribe({ userId, address: stage.current.server.origin + path });
  if (!result.ok) throw new Error(result.message);
  return result.feedId;
}

async function follow(feedId: number, urls: string[], userId = stage.current.userId) {
  const { followOffers } = await import('@/lib/service/follow-offers');
  return followOffers({ userId, feedId, urls });
}

/** A site with three feeds, the first of which is the best. */
function serveSite(name: string): string[] {
  const { server } = stage.current;
  const paths = ['all', 'sport', 'arts'].map((topic) => `/${name}/${topic}`);
  const links = paths.map(
    (path) =>
      `<link rel="alternate" type="application/rss+xml" title="${path.split('/')[2]}" href="${path}">`,
  );
  server.serve(`/${name}/`, {
    body: `<html><head>${links.join('')}</head></html>`,
    contentType: 'text/html',
  });
  for (const path of paths) server.serve(path, { body: writeRss(path, makeItems(2)) });
  return paths.map((path) => server.origin + path);
}

it('asks whoever types the site’s address, then and later, and nobody else', async () => {
  const { userId } = stage.current;
  const [all = '', sport = '', arts = ''] = serveSite('one');
  const feedId = await add('/one/');
  await stage.current.untilStatus(feedId, 'ready');
  expect(await offersOf(userId, feedId)).toEqual([
    { url: all, title: 'all' },
    { url: sport, title: 'sport' },
    { url: arts, title: 'arts' },
  ]);
  expect(await add('/one/all', strangerId)).toBe(feedId);
  expect(await offersOf(strangerId, feedId)).toEqual([]);
  expect(await add('/one/', strangerId)).toBe(feedId);
  expect(await offersOf(strangerId, feedId)).toHaveLength(3);
  expect(await follow(feedId, [all, arts, 'https://evil.example/feed'])).toEqual({ feedId, added: 1 });
  expect(await offersOf(userId, feedId)).toEqual([]);
  expect(await offersOf(strangerId, feedId)).toHaveLength(3);
  const followed = await (await store()).subscription.findMany({
    where: { userId },
    include: { feed: true },
  });
  expect(followed.map(({ feed }) => feed.url)).toEqual([all, arts]);
});

it('leaves what was read meanwhile if it is not among the chosen, in a way that can be undone', async () => {
  const { userId } = stage.current;
  const [, sport = ''] = serveSite('two');
  const feedId = await add('/two/');
  await stage.current.untilStatus(feedId, 'ready');
  const followed = await follow(feedId, [sport]);
  expect(followed.added).toBe(1);
  expect(followed.feedId).not.toBe(feedId);
  const { listEnded } = await import('@/lib/store/end-subscriptions');
  expect(await listEnded(userId)).toMatchObject([{ titles: ['/two/all'] }]);
  // Nothing chosen, nothing lost.
  serveSite('three');
  const kept = await add('/three/');
  await stage.current.untilStatus(kept, 'ready');
  expect(await follow(kept, [])).toEqual({ feedId: kept, added: 0 });
  expect(await follow(kept, [sport])).toEqual({ feedId: kept, added: 0 });
});

it('asks also where the first of the feeds is here already', async () => {
  const { userId } = stage.current;
  serveSite('four');
  const known = await add('/four/all', strangerId);
  const site = await add('/four/');
  expect(site).not.toBe(known);
  await stage.current.untilStatus(known, 'ready');
  expect(await offersOf(userId, known)).toHaveLength(3);
  expect(await offersOf(strangerId, known)).toEqual([]);
  // Also of a reader who has it.
  serveSite('five');
  const own = await add('/five/all');
  await add('/five/');
  await eventually(async () => (await offersOf(userId, own)).length === 3, 'the reader is asked');
});
