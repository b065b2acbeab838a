import type { Page } from '@playwright/test';
import type { FeedServer } from '../test/support/feed-server';
import { makeItems, writeRss } from '../test/support/feed-server';
import { addFeed, expect, feedIdOf, itemsOf, test } from './support/test';

/** Follows a feed of three items, and goes to what is unread. */
async function begin(page: Page, site: FeedServer): Promise<void> {
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(3);
  await page.goto('/all');
  await expect(itemsOf(page)).toHaveCount(3);
}

/** The link to what is unread: its text ends in how much that is. */
const unreadLink = (page: Page) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Unread/ });

/** The title of the open article. */
const openTitle = (page: Page) => page.locator('.article-pane h1');

/** Presses a key and waits until the server has been told of what it did. */
async function pressAndTell(page: Page, key: string, path: string): Promise<void> {
  const told = page.waitForResponse(
    (response) => response.url().endsWith(path) && response.request().method() !== 'GET',
  );
  await page.keyboard.press(key);
  expect((await told).ok()).toBe(true);
}

test('keys open, mark and star, and what they did is kept', async ({ page, site }) => {
  await begin(page, site);
  await expect(unreadLink(page)).toContainText('3');

  await pressAndTell(page, 'j', '/api/items');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('2');
  await pressAndTell(page, 'j', '/api/items');
  await expect(openTitle(page)).toHaveText('item-2');
  await page.keyboard.press('k');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('1');

  await pressAndTell(page, 'm', '/api/items');
  await expect(unreadLink(page)).toContainText('2');
  await pressAndTell(page, 's', '/api/items');
  await page.reload();
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(page.getByRole('button', { name: 'Remove the star' })).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/\/all$/);
  await page.goto('/starred');
  await expect(itemsOf(page)).toHaveText([/item-3/]);
});

test('all can be marked as read, and that can be undone', async ({ page, site }) => {
  await begin(page, site);
  await pressAndTell(page, 'j', '/api/items');
  await expect(unreadLink(page)).toContainText('2');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/all$/);
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(page)).toHaveText('Unread');
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadLink(page)).toContainText('2');
  await page.reload();
  await expect(unreadLink(page)).toContainText('2');
});

test('the help comes and goes, and fields keep their keys', async ({ page, site }) => {
  await begin(page, site);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search$/);
  const field = page.getByRole('searchbox');
  await field.focus();
  await page.keyboard.type('jmsA?');
  await expect(field).toHaveValue('jmsA?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
  await expect(unreadLink(page)).toContainText('3');
});

test('what is done without a network is told later', async ({ page, site, context }) => {
  await begin(page, site);
  await page.keyboard.press('n');
  await context.setOffline(true);
  await page.keyboard.press('m');
  await expect(unreadLink(page)).toContainText('2');
  const told = page.waitForResponse(
    (response) => response.url().endsWith('/api/items') && response.request().method() === 'PATCH',
  );
  await context.setOffline(false);
  expect((await told).ok()).toBe(true);
  await page.reload();
  await expect(unreadLink(page)).toContainText('2');
  await expect(page.locator('.row[data-read]')).toHaveCount(1);
});
