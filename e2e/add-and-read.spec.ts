import { makeItems, writeRss } from '../test/support/feed-server';
import {
  addFeed,
  askStatus,
  expect,
  feedIdOf,
  forgetShifts,
  itemsOf,
  SHIFTED,
  statusOf,
  test,
  watchShifts,
} from './support/test';

test('an address becomes items, and an item an article', async ({ page, request, site }) => {
  const content = '<p>All about the <em>first</em> one.</p><script>window.harm = 1</script>';
  const items = makeItems(60).map((item) => ({ ...item, content }));
  site.serve('/feed.xml', { body: writeRss('Harbour News', items), delayMs: 1500 });
  await watchShifts(page);

  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would you like to follow?');
  await addFeed(page, `${site.origin}/feed.xml`);
  const feedId = await feedIdOf(page);
  await expect(statusOf(page)).toBeVisible();
  await forgetShifts(page);
  await page.evaluate('window.sameDocument = true');

  await expect(page.getByRole('heading', { level: 1, name: 'Harbour News' })).toBeVisible();
  await expect(itemsOf(page)).toHaveCount(50);
  await expect(itemsOf(page).first()).toHaveText('Unread: item-60');
  expect(await page.evaluate('window.sameDocument')).toBe(true);
  expect(await page.evaluate(SHIFTED)).toBeLessThan(0.02);
  await expect(page).toHaveTitle('Harbour News · Tidings');

  const { body, headers } = await askStatus(request, feedId);
  expect(body).toMatchObject({
    id: feedId,
    status: 'ready',
    stage: null,
    itemCount: 60,
    attempt: 0,
    error: null,
  });
  expect(headers['cache-control']).toBe('no-store');

  await itemsOf(page).last().scrollIntoViewIfNeeded();
  await expect(itemsOf(page)).toHaveCount(60);
  await expect(page.getByText('That is all.')).toBeAttached();

  await page.getByRole('link', { name: 'Unread: item-60', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('item-60');
  await expect(page.locator('article em')).toHaveText('first');
  expect(await page.evaluate('window.harm')).toBeUndefined();
  await expect(page.getByRole('link', { name: 'Read the original' })).toHaveAttribute(
    'href',
    'https://example.org/item-60',
  );

  await page.getByRole('link', { name: 'Tidings, first page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Unread' })).toBeVisible();
  await expect(itemsOf(page).first()).toHaveText('Unread: item-59');
  await expect(page.getByRole('navigation', { name: 'Feeds' }).getByText('Harbour News')).toBeVisible();
});

test('the same address leads to the same feed', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Twice', makeItems(2)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  const feedId = await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(2);

  await page.getByRole('link', { name: 'Add feed' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Add a feed' })).toBeVisible();
  await addFeed(page, `  ${site.origin.toUpperCase()}/feed  `);
  expect(await feedIdOf(page)).toBe(feedId);
  await expect(itemsOf(page)).toHaveCount(2);
  await expect(page.getByRole('navigation', { name: 'Feeds' }).getByRole('listitem')).toHaveCount(1);

  await page.getByRole('link', { name: 'Tidings, first page' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Unread' })).toBeVisible();
  await addFeed(page, `${site.origin}/feed`);
  expect(await feedIdOf(page)).toBe(feedId);
});

test('a bookmarklet fills the form in', async ({ page }) => {
  await page.goto(`/feeds/new?url=${encodeURIComponent('https://example.org/a?b=c&d=1')}`);
  await expect(page.getByLabel('Feed or site address')).toHaveValue('https://example.org/a?b=c&d=1');
});

test('a feed can be left', async ({ page, request, site }) => {
  site.serve('/feed', { body: writeRss('Leaving', makeItems(1)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  const feedId = await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(1);
  await page.getByText('About this feed').click();
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(statusOf(page)).toHaveText('You no longer follow 1 feed.');
  expect((await askStatus(request, feedId)).code).toBe(404);
});
