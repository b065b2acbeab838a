import type { Page } from '@playwright/test';
import { query, seedFeeds } from './support/query';
import { expect, statusOf, test } from './support/test';

test.use({ withWorker: false });

const feedsOf = (page: Page) => page.getByRole('list', { name: 'Feeds', exact: true }).locator('> li');
const namesOf = (page: Page) => feedsOf(page).getByRole('heading').allInnerTexts();
const kind = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Kinds of feeds' }).getByRole('link', { name });

test.beforeEach(async ({ stack, baseURL }) => {
  expect(baseURL).toBe(stack.url);
  await seedFeeds(stack, 60);
});

test('finds feeds by kind, order and name, all in the address', async ({ page }) => {
  await page.goto('/feeds');
  await expect(feedsOf(page)).toHaveCount(50);
  await expect(kind(page, 'Failing')).toHaveText(/16/);
  await page.getByRole('link', { name: 'Next', exact: true }).click();
  await expect(feedsOf(page)).toHaveCount(10);
  await kind(page, 'Failing').click();
  await expect(feedsOf(page)).toHaveCount(16);
  await page.getByLabel('Order').selectOption('failures');
  await page.getByRole('button', { name: 'Show' }).click();
  await page.waitForURL(/\/feeds\?show=failing&.*sort=failures/);
  await expect.poll(async () => (await namesOf(page))[0]).toContain('Feed 57');
  await expect(feedsOf(page).first()).toContainText(/57 failures/);
  await expect(feedsOf(page).first()).toContainText('There is nothing at this address (404).');
  await page.getByRole('searchbox', { name: 'Name or address' }).fill('HOST12.');
  await page.keyboard.press('Enter');
  await expect(feedsOf(page)).toHaveCount(1);
  await expect(kind(page, 'Failing')).toHaveText(/1/);
  await page.reload();
  await expect(feedsOf(page)).toHaveCount(1);
  await page.getByRole('searchbox').fill('nowhere');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No feed is like that.')).toBeVisible();
});

test('does one thing to several feeds at once, and asks before it removes', async ({ page, stack }) => {
  await page.goto('/feeds?show=failing');
  await page.getByRole('button', { name: 'Try now' }).first().click();
  await expect(statusOf(page)).toHaveText('Choose one or more feeds first.');
  await page.getByRole('link', { name: 'Choose all 16 shown' }).click();
  await expect(page.getByText('16 chosen')).toBeVisible();
  await page.getByRole('button', { name: 'Try now', exact: true }).click();
  await expect(statusOf(page)).toHaveText('16 feeds will be checked now.');
  expect(
    await query(stack, 'SELECT count(*)::int AS asked FROM feed_schedules WHERE requested_at IS NOT NULL'),
  ).toEqual([{ asked: 16 }]);

  for (const name of ['Choose Feed 3', 'Choose Feed 6']) await page.getByLabel(name, { exact: true }).check();
  await page.getByRole('button', { name: 'Unsubscribe…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Unsubscribe from 2 feeds?' });
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Unsubscribe…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(statusOf(page)).toHaveText('You no longer follow 2 feeds.');
  await expect(feedsOf(page)).toHaveCount(14);
  await expect(dialog).toBeHidden();
});

test('a new address is accepted, from the list and from the feed’s page', async ({ page, stack }) => {
  await page.goto('/feeds?show=moved');
  await expect(feedsOf(page)).toHaveCount(12);
  await page.getByRole('button', { name: 'Accept Feed 5', exact: true }).click();
  await expect(statusOf(page)).toHaveText('1 feed changed to the new address.');
  await expect(feedsOf(page)).toHaveCount(11);
  await feedsOf(page).first().getByRole('link').click();
  await page.getByRole('button', { name: 'Accept the new address' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('host10.example/new');
  expect(
    await query(
      stack,
      `SELECT url FROM feeds JOIN subscriptions s ON s.feed_id = feeds.id WHERE url LIKE '%/new' ORDER BY url`,
    ),
  ).toEqual([{ url: 'https://host10.example/new' }, { url: 'https://host5.example/new' }]);
});

test('new addresses of several feeds are accepted at once; what has none, or was not chosen, stays', async ({
  page,
  stack,
}) => {
  const newAddresses = () =>
    query(
      stack,
      `SELECT url, (SELECT count(*)::int FROM subscriptions s WHERE s.feed_id = feeds.id) AS readers FROM feeds
       WHERE url LIKE '%/new' ORDER BY url`,
    );
  await page.goto('/feeds');
  for (const number of [1, 5, 10, 15])
    await page.getByLabel(`Choose Feed ${number}`, { exact: true }).check();
  await page.getByRole('button', { name: 'Accept new addresses' }).click();
  await expect(statusOf(page)).toHaveText('3 feeds changed to the new address.');
  expect(await newAddresses()).toEqual(
    [10, 15, 5].map((number) => ({ url: `https://host${number}.example/new`, readers: 1 })),
  );
  await expect(kind(page, 'Moved')).toHaveText(/9/);
  await expect(kind(page, 'All')).toHaveText(/60/);
  await expect(page.getByLabel('Choose Feed 1', { exact: true })).toHaveCount(1);
  await page.goto('/feeds?show=failing');
  await expect(page.getByRole('button', { name: 'Try now', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Accept new addresses' })).toHaveCount(0);
});

test('a phone shows the list without scrolling sideways', async ({ page, stack }) => {
  await query(
    stack,
    `UPDATE feeds SET title = repeat('Donaudampfschiff', 9), host = repeat('h', 60) || '.example'`,
  );
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
  for (const width of [320, 390, 700, 1023, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of ['/feeds', '/feeds?show=moved']) {
      await page.goto(path);
      await expect(feedsOf(page).first()).toBeVisible();
      expect(await page.evaluate(overflow), `${path} at ${width}`).toBe(0);
    }
  }
  await page.setViewportSize({ width: 390, height: 800 });
  const small = `[...document.querySelectorAll('main button, main a, main select, main label, main input:not([type=checkbox])')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.9)
    .map((element) => element.textContent)`;
  expect(await page.evaluate(small)).toEqual([]);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('feeds are chosen, tried and removed, with a page that asks', async ({ page }) => {
    await page.goto('/feeds?show=gone');
    await page.getByRole('link', { name: 'Choose all 12 shown' }).click();
    await page.getByRole('button', { name: 'Unsubscribe…', exact: true }).click();
    await expect(page.getByRole('heading', { name: 'Unsubscribe from 12 feeds?' })).toBeVisible();
    await page.getByRole('link', { name: 'Keep them' }).click();
    await page.getByLabel('Choose Feed 5', { exact: true }).check();
    await page.getByRole('button', { name: 'Unsubscribe…', exact: true }).click();
    await page.getByRole('main').getByRole('button', { name: 'Unsubscribe' }).click();
    await expect(statusOf(page)).toHaveText('You no longer follow 1 feed.');
    await expect(feedsOf(page)).toHaveCount(11);
    await page.getByLabel('Choose Feed 10', { exact: true }).check();
    await page.getByRole('button', { name: 'Try now', exact: true }).click();
    await expect(statusOf(page)).toHaveText('1 feed will be checked now.');
  });
});
