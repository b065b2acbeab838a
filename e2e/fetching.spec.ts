import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { setUpMember, setUpOwner, test as withAccounts } from './support/accounts';
import { addFeed, expect, itemsOf, test } from './support/test';

/** What waits, and what becomes of it, of what readers ask for. */
const askedFor = (page: Page) => page.getByRole('row', { name: /^Asked for/ }).getByRole('cell');

test('fetching is paused and goes on, and everybody is told', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  await page.goto('/settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Fetching' }).click();
  await expect(page.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(1);
  await expect(page.getByText('Nothing is late.')).toBeVisible();
  // What tests without a worker have left in the queue is looked at by the one that there is now.
  await expect(async () => {
    await page.reload();
    await expect(askedFor(page).first()).toHaveText('0', { timeout: 100 });
  }).toPass();
  await page.getByRole('button', { name: 'Pause fetching' }).click();
  await expect(page.getByRole('heading', { name: 'Fetching is paused' })).toBeVisible();

  await page.goto('/feeds/new');
  const line = page.getByRole('status', { name: 'Tidings itself' });
  await expect(line).toHaveText(/^Fetching is paused/, { timeout: 20_000 });
  await addFeed(page, `${site.origin}/feed`);
  const feed = /\/feeds\/\d+$/;
  await expect(page).toHaveURL(feed);
  await expect(line).toHaveText(/^Fetching is paused/);
  expect(site.count('/feed')).toBe(0);

  const other = await page.context().newPage();
  await other.goto('/admin/fetching');
  await expect(askedFor(other)).toHaveText(['1', '0', '0', '0']);
  await other.getByRole('button', { name: 'Go on fetching' }).click();
  await expect(other.getByText(/^Fetching goes on/)).toBeVisible();
  await expect(itemsOf(page)).toHaveCount(3);
  await expect(line).toBeEmpty({ timeout: 40_000 });
});

withAccounts('it is for whoever manages the installation', async ({ page, stack, browser }) => {
  await setUpOwner(stack, page);
  await page.goto('/admin/fetching');
  await expect(page.getByRole('button', { name: 'Pause fetching' })).toBeVisible();
  const other = await setUpMember(stack, browser, 'Grace');
  expect((await other.goto('/admin/fetching'))?.status()).toBe(404);
  await other.goto('/settings');
  await expect(other.getByRole('link', { name: 'Fetching' })).toHaveCount(0);
  await other.context().close();
});
