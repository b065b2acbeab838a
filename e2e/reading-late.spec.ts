import type { Page } from '@playwright/test';
import { type FeedItem, type FeedServer, makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { awaitLater, begin, openTitle, pressAndTell, rowOf, scrollerOf, unreadLink } from './support/reading';
import type { Stack } from './support/stack';
import { expect, follow, itemsOf, test } from './support/test';

/** Between an item and the one before it. */
const late = (guid: string, hour: number): FeedItem => ({
  guid,
  date: new Date(Date.parse('2026-01-01T12:30:00Z') - hour * 3_600_000),
});

const announced = (page: Page, count = 1) =>
  page.getByRole('button', { name: count === 1 ? '1 new item' : `${count} new items` });

/** Has the feed bring these, and waits until the server has so many. */
async function bring(site: FeedServer, stack: Stack, items: FeedItem[]) {
  site.serve('/feed', { body: writeRss('Tides', items) });
  await query(stack, 'UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()');
  await expect.poll(async () => (await query(stack, 'SELECT FROM items')).length).toBe(items.length);
}

/** The tab asks as it does when somebody comes back to it. */
const comeBack = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");

/** Holds what the server answers to requests for an address, so that it is from before what happens meanwhile. */
async function hold(page: Page, address: string | RegExp) {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  let answered = (_: unknown) => undefined as unknown;
  const isAnswered = new Promise((resolve) => {
    answered = resolve;
  });
  await page.route(address, async (route) => {
    const response = await route.fetch();
    answered(response);
    await released;
    await route.fulfill({ response });
  });
  return {
    isAnswered,
    /** Lets it come, and waits for nothing. */
    letGo: () => release(),
    release: async () => {
      const listed = page.waitForResponse(address);
      release();
      await (await listed).finished();
      await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
    },
  };
}

test('what is late stands where its date says, and what is unread stays so', async ({
  page,
  site,
  stack,
}) => {
  await begin(page, site, 50);
  await page.goto('/unread');
  await awaitLater(page);
  await bring(site, stack, [late('late', 4), ...makeItems(50)]);
  await comeBack(page);
  await announced(page).click();
  await expect(rowOf(page, 'late')).toBeInViewport();
  await expect(itemsOf(page).nth(3)).toHaveText(/item-47$/);
  await expect(itemsOf(page).nth(4)).toHaveText(/late$/);
  await expect(itemsOf(page).nth(5)).toHaveText(/item-46$/);

  const looked = page.waitForResponse((response) => response.url().includes('/api/items?'));
  await bring(site, stack, [late('late', 4), late('newest', 0), ...makeItems(50)]);
  await comeBack(page);
  await expect(announced(page)).toBeVisible();
  await (await looked).finished();
  await page.waitForLoadState('networkidle');
  await expect(page.locator('.row[data-read]')).toHaveCount(0);
  await expect(unreadLink(page)).toContainText('52');
});

test('what is late announces itself where the oldest come first', async ({ page, site, stack }) => {
  await begin(page, site);
  await page.goto('/all?order=oldest');
  await awaitLater(page);
  await expect(page.getByText('That is all.')).toBeVisible();
  await bring(site, stack, [late('late', 2), ...makeItems(3)]);
  await comeBack(page);
  await announced(page).press('Enter');
  await expect(itemsOf(page)).toHaveText([/item-1$/, /late$/, /item-2$/, /item-3$/]);
  await expect(rowOf(page, 'late').getByRole('link')).toBeFocused();
});

test('what is late far down a long list announces itself when that is in sight', async ({
  page,
  site,
  stack,
}) => {
  // The first item keeps its date, and the top of the list.
  await begin(page, site, 1);
  await bring(site, stack, makeItems(280));
  await page.goto('/all');
  await awaitLater(page);
  await expect(async () => {
    await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(rowOf(page, 'item-2')).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [50] });
  await bring(site, stack, [late('late', 270), ...makeItems(280)]);
  await comeBack(page);
  await announced(page).click();
  await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(rowOf(page, 'late')).toBeAttached();
  const row = rowOf(page, 'item-11');
  await expect(row.locator('xpath=following-sibling::li[1]')).toContainText('late');
});

test('what has been announced and not been shown is not marked with all', async ({ page, site, stack }) => {
  await begin(page, site);
  await bring(site, stack, [late('late', 2), ...makeItems(3)]);
  await comeBack(page);
  await expect(announced(page)).toBeVisible();
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(page.getByText('3 items marked as read')).toBeVisible();
  await expect(unreadLink(page)).toContainText('1');
  await announced(page).click();
  await expect(rowOf(page, 'late')).not.toHaveAttribute('data-read');
  await expect(page.locator('.row[data-read]')).toHaveCount(3);
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(page)).toHaveText('Unread');
});

test('what a list shows is marked, though the tab has not heard that it is there', async ({
  page,
  site,
  stack,
}) => {
  await begin(page, site);
  await page.route('**/api/counts', (route) => route.abort());
  await bring(site, stack, makeItems(4));
  await unreadLink(page).click();
  await expect(page).toHaveURL(/\/unread$/);
  await expect(itemsOf(page)).toHaveCount(4);
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(page.getByText('4 items marked as read')).toBeVisible();
  await page.reload();
  await expect(itemsOf(page)).toHaveCount(0);
});

test('a list from before all was marked does not take that back', async ({ page, site }) => {
  await begin(page, site);
  const list = await hold(page, '**/api/items?*');
  await page.keyboard.press('r');
  await list.isAnswered;
  await pressAndTell(page, 'A', '/api/mark-read');
  await list.release();
  await page.waitForLoadState('networkidle');
  // At once, and not when the tab next looks.
  await expect(page.locator('.row[data-read]')).toHaveCount(3, { timeout: 100 });
});

test('a page from before all was marked does not take that back', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(60)) });
  await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  const turned = await hold(page, /order=oldest/);
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('link', { name: 'Oldest first' }).click();
  await turned.isAnswered;
  await pressAndTell(page, 'A', '/api/mark-read');
  turned.letGo();
  // The first of them had not been loaded when all was marked.
  await expect(itemsOf(page).first()).toHaveText(/item-1$/);
  await expect(page.locator('.row[data-read]')).toHaveCount(50, { timeout: 1000 });
  await expect(unreadLink(page)).toHaveText('Unread');
});

test('counts of a page from before all was marked are not taken over', async ({ page, site }) => {
  const feedId = await begin(page, site);
  await page.goto(`/feeds/${feedId}`);
  await awaitLater(page);
  await page.route('**/api/counts', (route) => route.abort());
  // What has become of it is rendered anew, with the counts of then.
  const again = await hold(page, new RegExp(`/feeds/${feedId}\\?_rsc=`));
  site.serve('/feed', { body: writeRss('Tides', makeItems(4)), delayMs: 1000 });
  await page.getByText('History of checks').click();
  await page.getByText('About this feed').click();
  await page.getByRole('button', { name: 'Try now' }).click();
  await again.isAnswered;
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(page)).toContainText('1');
  again.letGo();
  await expect(page.getByRole('list', { name: 'Checks, newest first' })).toContainText('1 new item');
  await expect(unreadLink(page)).toContainText('1', { timeout: 100 });
});

test('what is loaded further while all is marked is marked', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(60)) });
  await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  const more = await hold(page, /\/api\/items\?.*cursor=/);
  const marking = await hold(page, '**/api/mark-read');
  await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await more.isAnswered;
  await page.keyboard.press('A');
  await marking.isAnswered;
  await more.release();
  await marking.release();
  await expect(async () => {
    await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(rowOf(page, 'item-1')).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [50] });
  await expect(rowOf(page, 'item-1')).toHaveAttribute('data-read');
  await expect(unreadLink(page)).toHaveText('Unread');
});

test('keys mean the open item, also where the list has none such any more', async ({ page, site }) => {
  await begin(page, site);
  const id = await rowOf(page, 'item-3').getAttribute('data-item');
  await page.goto(`/unread?item=${id}`);
  await awaitLater(page);
  await expect(openTitle(page)).toHaveText('item-3');
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-2');
  await expect(unreadLink(page)).toContainText('1');
  await page.keyboard.press('r');
  await expect(itemsOf(page).filter({ hasText: /item-\d$/ })).toHaveText([/item-1$/]);
  await pressAndTell(page, 's', '/api/items');
  await expect(openTitle(page)).toHaveText('item-2');
  await expect(page.getByRole('button', { name: 'Remove the star' })).toBeVisible();
  await page.goto('/starred');
  await expect(itemsOf(page)).toHaveText([/item-2$/]);
});

test('a page that was asked for before a list began anew leaves no gap in it', async ({
  page,
  site,
  stack,
}) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(60)) });
  await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  const more = await hold(page, /\/api\/items\?.*cursor=/);
  await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await more.isAnswered;
  const newer = Array.from({ length: 15 }, (_, index) => late(`newer-${15 - index}`, index - 15));
  await bring(site, stack, [...newer, ...makeItems(60)]);
  await page.keyboard.press('r');
  await expect(rowOf(page, 'newer-15')).toBeInViewport();
  await more.release();
  await expect(async () => {
    await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(page.getByText('That is all.')).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [50] });
  await expect(rowOf(page, 'item-20')).toBeAttached();
});

test('what was asked for is looked for at once, and it is said where nobody answers', async ({
  page,
  site,
  context,
}) => {
  await begin(page, site);
  const answered = page.waitForResponse('**/api/counts');
  await comeBack(page);
  await answered;
  // By itself the tab asks again after 15 seconds.
  const asked = page.waitForRequest('**/api/counts', { timeout: 10_000 });
  await page.keyboard.press('r');
  await asked;
  await context.setOffline(true);
  await page.keyboard.press('r');
  await expect(page.getByText('The server does not answer.')).toBeVisible();
  await context.setOffline(false);
});

test('counts from before a deed do not take it back', async ({ page, site }) => {
  await begin(page, site);
  const counts = await hold(page, '**/api/counts');
  await comeBack(page);
  await counts.isAnswered;
  await page.keyboard.press('n');
  await pressAndTell(page, 'm', '/api/items');
  await expect(unreadLink(page)).toContainText('2');
  await counts.release();
  await expect(unreadLink(page)).toContainText('2', { timeout: 100 });
});
