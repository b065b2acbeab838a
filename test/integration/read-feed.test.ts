import { describe, expect, it } from 'vitest';
import { makeItems, writeRss } from '../support/feed-server';
import { type Backend, useStage } from '../support/stage';

describe.each<Backend>(['postgres', 'redis'])('on %s', (backend) => {
  const stage = useStage(backend);

  it('reads a feed from submit to items', async () => {
    const { server, userId, startWorker, untilStatus } = stage.current;
    const { subscribe } = await import('@/lib/service/subscribe');
    const { listItems } = await import('@/lib/store/list-items');
    server.serve('/feed', { body: writeRss('News', makeItems(50)) });
    const submitted = await subscribe({ userId, address: `${server.origin}/feed` });
    if (!submitted.ok) throw new Error(submitted.message);
    const worker = await startWorker();
    const status = await untilStatus(submitted.feedId, 'ready');
    expect(status).toMatchObject({ title: 'News', itemCount: 50, error: null });
    const page = await listItems(userId, {
      scope: { kind: 'feed', id: submitted.feedId },
      unread: false,
      order: 'newest',
    });
    expect(page.items.map((item) => item.title).slice(0, 2)).toEqual(['item-50', 'item-49']);
    expect(await worker.end('SIGTERM')).toBe(0);
  });
});
