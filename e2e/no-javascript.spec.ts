import { makeItems, writeRss } from '../test/support/feed-server';
import { addFeed, expect, feedIdOf, itemsOf, statusOf, test } from './support/test';

test.use({ javaScriptEnabled: false });

test('without JavaScript the page looks again by itself until the items are there', async ({
  page,
  site,
}) => {
  site.serve('/feed', { hang: true });
  await page.goto('/');
  const [posted] = await Promise.all([
    page.waitForResponse((response) => response.request().method() === 'POST'),
    addFeed(page, `${site.origin}/feed`),
  ]);
  expect(posted.status()).toBe(303);
  await feedIdOf(page);
  await expect(statusOf(page)).toHaveText('Connecting');

  site.release(writeRss('Plain', makeItems(60)));
  await expect(itemsOf(page)).toHaveCount(50);
  await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(0);
  await page.getByRole('link', { name: 'More items' }).click();
  await expect(itemsOf(page)).toHaveCount(10);
  await page.getByRole('link', { name: 'To the top of the list' }).click();
  await expect(itemsOf(page)).toHaveCount(50);
});

test('without JavaScript a bad address comes back with a sentence', async ({ page }) => {
  await page.goto('/feeds/new');
  await addFeed(page, 'mailto:somebody@example.org');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/Only http and https/);
  await expect(page.getByLabel('Feed or site address')).toHaveValue('mailto:somebody@example.org');
});

test('without JavaScript a failing feed can be tried again', async ({ page, site }) => {
  site.serve('/feed', { status: 500 });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(page.getByText(/The last attempt failed/)).toBeVisible();
  site.serve('/feed', { body: writeRss('Well', makeItems(1)) });
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(itemsOf(page)).toHaveCount(1);
});
