import type { Page } from '@playwright/test';
import type { FeedServer } from '../../test/support/feed-server';
import { makeItems, writeRss } from '../../test/support/feed-server';
import { expect, follow, itemsOf } from './test';

/** Follows a feed of so many items, at most fifty, and goes to the list of all. @returns the feed's id. */
export async function begin(page: Page, site: FeedServer, count = 3): Promise<number> {
  site.serve('/feed', { body: writeRss('Tides', makeItems(count)) });
  const feedId = await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  await expect(itemsOf(page)).toHaveCount(count);
  await awaitLater(page);
  return feedId;
}

/** The link to what is unread: its text ends in how much that is. */
export const unreadLink = (page: Page) =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: /^Unread/ });

/** The title of the open article. */
export const openTitle = (page: Page) => page.locator('.article-pane h1');

/** The row of an item in the list. */
export const rowOf = (page: Page, title: string) =>
  page.locator('.row').filter({ has: page.getByRole('link', { name: new RegExp(`^(Unread: )?${title}$`) }) });

/** The part of the list that scrolls. */
export const scrollerOf = (page: Page) => page.locator('.list-scroll');

/** How far down the list is, in pixels. */
export const scrollTopOf = (page: Page) => scrollerOf(page).evaluate((element) => element.scrollTop);

/** Waits until the server has been told of something, by whichever tab: one that is at it tells what others do, too. */
export async function awaitTold(page: Page, path: string, deed: () => Promise<unknown>): Promise<void> {
  const told = page
    .context()
    .waitForEvent(
      'response',
      (response) => response.url().endsWith(path) && response.request().method() !== 'GET',
    );
  await deed();
  expect((await told).ok()).toBe(true);
}

/** Presses a key and waits until the server has been told of what it did. */
export const pressAndTell = (page: Page, key: string, path: string) =>
  awaitTold(page, path, () => page.keyboard.press(key));

/** Waits until the page has everything that it needs without a network. */
export async function awaitLater(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('tidings.arrived').length > 0);
}
