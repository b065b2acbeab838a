import { makeItems, writeRss } from '../test/support/feed-server';
import { setUpMember, setUpOwner, test as withAccounts } from './support/accounts';
import { addFeed, expect, itemsOf, test } from './support/test';

test('fetching is paused and goes on, and everybody is told', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  await page.goto('/settings');
  await page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Fetching' }).click();
  await expect(page.getByRole('list', { name: 'Workers' }).getByRole('listitem')).toHaveCount(1);
  await expect(page.getByText('Nothing is late.')).toBeVisible();
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
  const asked = other.getByRole('row', { name: /^Asked for/ }).getByRole('cell');
  await expect(asked).toHaveText(['1', '0', '0', '0']);
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
