import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { query, seedFeeds } from './support/query';
import { awaitLater, begin } from './support/reading';
import { addFeed, expect, feedIdOf, follow, statusOf, test } from './support/test';

const feedsOf = (page: Page) => page.getByRole('navigation', { name: 'Feeds' });

/** Looks at a tab again, which then asks what has changed. */
const comeBack = (page: Page) => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));

test('what is done to feeds on another device shows in the list of feeds by itself', async ({
  page,
  site,
  browser,
  stack,
}) => {
  const feedId = await begin(page, site);
  await expect(feedsOf(page).getByRole('link')).toHaveText([/Tides/]);
  await page.evaluate('window.same = true');
  const elsewhere = await browser.newContext({ baseURL: stack.url });
  const other = await elsewhere.newPage();

  await other.goto('/folders');
  await other.getByLabel('New folder').fill('Sea');
  await other.getByRole('button', { name: 'Create folder' }).click();
  // By itself, some seconds later.
  await expect(feedsOf(page).getByRole('link', { name: 'Sea' })).toBeVisible();

  site.serve('/other', { body: writeRss('Winds', makeItems(2)) });
  await follow(other, `${site.origin}/other`);
  await comeBack(page);
  await expect(feedsOf(page).getByRole('link', { name: /Winds.*2/ })).toBeVisible();

  await query(
    stack,
    "UPDATE subscriptions SET title = 'Ebb', folder_id = (SELECT id FROM folders) WHERE feed_id = $1",
    [feedId],
  );
  await comeBack(page);
  const folder = feedsOf(page).getByRole('list', { name: 'Folders' });
  await expect(folder.getByRole('link')).toHaveText([/^Sea3/, /Ebb.*3/]);
  expect(await page.evaluate('window.same')).toBe(true);
  await elsewhere.close();
});

test.describe('while no worker runs', () => {
  test.use({ withWorker: false });

  test('a feed that waits is no longer said to once it has been read, wherever one is', async ({
    page,
    site,
    stack,
  }) => {
    site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
    await page.goto('/');
    await addFeed(page, `${site.origin}/feed`);
    await feedIdOf(page);
    await page.goto('/all');
    const feed = feedsOf(page).getByRole('link');
    await expect(feed).toContainText('waiting');
    await awaitLater(page);
    await stack.ensureWorker();
    await expect(feed).toHaveText(/Tides3 unread$/);
  });

  test('the feed’s own page and the list of feeds say the same', async ({ page, site, stack }) => {
    site.serve('/feed', { hang: true });
    await page.goto('/');
    await addFeed(page, `${site.origin}/feed`);
    await feedIdOf(page);
    const feed = feedsOf(page).getByRole('link');
    await expect(feed).toContainText('waiting');
    await stack.ensureWorker();
    await expect(statusOf(page)).toHaveText('Connecting');
    await expect(feed).toContainText('fetching', { timeout: 4000 });
    site.release(writeRss('Tides', makeItems(3)));
    await expect(feed).toHaveText(/Tides3 unread$/, { timeout: 4000 });
  });

  test('of very many feeds, too, the list is that of now', async ({ page, stack }) => {
    await seedFeeds(stack, 200);
    await page.goto('/all');
    await expect(feedsOf(page).getByRole('link')).toHaveCount(200);
    await awaitLater(page);
    await query(
      stack,
      "UPDATE subscriptions SET title = 'A first' WHERE feed_id = (SELECT max(feed_id) FROM subscriptions)",
    );
    await comeBack(page);
    await expect(feedsOf(page).getByRole('link').first()).toContainText('A first');
    await expect(feedsOf(page).getByRole('link')).toHaveCount(200);
  });
});
