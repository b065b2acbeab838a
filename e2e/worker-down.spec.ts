import { makeItems, writeRss } from '../test/support/feed-server';
import { addFeed, askStatus, expect, feedIdOf, itemsOf, statusOf, test } from './support/test';

test.use({ withWorker: false });

test('without a worker the page says so, and goes on when there is one', async ({
  page,
  request,
  site,
  stack,
}) => {
  site.serve('/feed', { body: writeRss('Patience', makeItems(4)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  const feedId = await feedIdOf(page);
  await expect(statusOf(page)).toHaveText('No worker is running');
  const { body } = await askStatus(request, feedId);
  expect(body).toMatchObject({
    status: 'queued',
    waiting: true,
    workersAlive: 0,
    title: expect.stringContaining(new URL(site.origin).host),
  });

  await stack.ensureWorker();
  await expect(itemsOf(page)).toHaveCount(4);
});
