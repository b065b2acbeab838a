import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { awaitLater, begin, openTitle, scrollerOf, unreadLink } from './support/reading';
import { expect, follow, itemsOf, test } from './support/test';

const HOUR = 3_600_000;

/** Chooses in the menu above a list. */
async function choose(page: Page, name: string) {
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('link', { name, exact: true }).click();
}

/** Chooses on the page of settings. */
async function set(page: Page, setting: string, choice: string) {
  await page.goto('/settings');
  await awaitLater(page);
  await page.getByRole('group', { name: setting }).getByRole('radio', { name: choice }).check();
  await expect(page.getByText('Saved.')).toBeVisible();
}

test('a list is turned round, and what is read left out, in its address', async ({ page, site }) => {
  await page.goto(`/feeds/${await begin(page, site)}`);
  await awaitLater(page);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('2');
  await page.keyboard.press('Escape');
  await choose(page, 'Oldest first');
  await expect(itemsOf(page)).toHaveText([/item-1$/, /item-2$/, /item-3$/]);
  await choose(page, 'Unread only');
  await expect(itemsOf(page)).toHaveText([/item-1$/, /item-2$/]);
  await page.reload();
  await expect(itemsOf(page)).toHaveText([/item-1$/, /item-2$/]);
  await page.goBack();
  await expect(itemsOf(page)).toHaveText([/item-1$/, /item-2$/, /item-3$/]);
});

test('a long list that is turned round goes on as any other', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(60)) });
  await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  await choose(page, 'Oldest first');
  await expect(itemsOf(page).first()).toHaveText(/item-1$/);
  const last = page.locator('.row').filter({ hasText: 'item-60' });
  await expect(async () => {
    await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(last).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [50] });
});

test('rows are as high as somebody likes, and oldest first where that is liked', async ({ page, site }) => {
  await begin(page, site);
  const height = async () => (await page.locator('.row').first().boundingBox())?.height ?? 0;
  const excerpt = page.locator('.row-excerpt').first();
  await expect(excerpt).toBeVisible();
  const comfortable = await height();
  await set(page, 'Rows', 'Compact');
  await set(page, 'First come', 'The oldest');
  await page.goto('/all');
  await expect(itemsOf(page).first()).toHaveText(/item-1$/);
  await expect(excerpt).toBeHidden();
  expect(await height()).toBeLessThan(comfortable * 0.8);
});

test('what is new comes at the end, where the oldest come first', async ({ page, site, stack }) => {
  await begin(page, site);
  await page.goto('/all?order=oldest');
  await awaitLater(page);
  await expect(page.getByText('That is all.')).toBeVisible();
  const later = { guid: 'item-4', date: new Date('2026-01-01T13:00:00Z') };
  site.serve('/feed', { body: writeRss('Tides', [later, ...makeItems(3)]) });
  await query(stack, 'UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()');
  await expect(itemsOf(page)).toHaveText([/item-1/, /item-2/, /item-3/, /item-4/]);
  await expect(page.getByText('That is all.')).toBeVisible();
});

test('pictures stand in lists only where they are wanted', async ({ page, site, context }) => {
  const asked: string[] = [];
  await context.route('https://pictures.example/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ contentType: 'image/svg+xml', body: '<svg xmlns="http://www.w3.org/2000/svg"/>' });
  });
  const feed = writeRss('Tides', makeItems(2)).replace(
    '</item>',
    '<enclosure url="https://pictures.example/tide.png" type="image/png" length="9"/></item>',
  );
  site.serve('/feed', { body: feed });
  await follow(page, `${site.origin}/feed`);
  const pictures = page.locator('.row img[src^="https://pictures.example"]');
  await page.goto('/all');
  await expect(itemsOf(page)).toHaveCount(2);
  await expect(pictures).toHaveCount(0);
  expect(asked).toEqual([]);
  await set(page, 'Pictures in lists', 'Yes');
  await page.goto('/all');
  await expect(pictures).toHaveCount(1);
  await expect.poll(() => asked).toEqual(['https://pictures.example/tide.png']);
});

test('what is opened stays unread, where that is wanted', async ({ page, site }) => {
  await begin(page, site);
  await set(page, 'What is opened is read', 'No');
  await page.goto('/all');
  await awaitLater(page);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-2');
  await page.keyboard.press('m');
  await expect(page.getByText('Marked as read')).toBeVisible();
  await expect(page.locator('.row[data-read]')).toHaveCount(1);
  await expect(unreadLink(page)).toContainText('2');
});

test('a list is parted by days, unless somebody does not like that', async ({ page, site }) => {
  const noon = new Date();
  noon.setHours(12, 0, 0, 0);
  // Today is a matter of where one is: two days apart, they are other days everywhere.
  const dates = [0, 1, 48].map((hours) => new Date(noon.getTime() - 72 * HOUR - hours * HOUR));
  site.serve('/feed', {
    body: writeRss(
      'Tides',
      dates.map((date, index) => ({ guid: `item-${3 - index}`, date })),
    ),
  });
  await page.goto('/');
  await page.getByLabel('Feed or site address').fill(`${site.origin}/feed`);
  await page.getByRole('main').getByRole('button', { name: 'Add feed' }).click();
  await expect(itemsOf(page)).toHaveCount(3);
  await page.goto('/all');
  await expect(page.locator('.day')).toHaveCount(2);
  await set(page, 'Part lists by days', 'No');
  await page.goto('/all');
  await expect(itemsOf(page)).toHaveCount(3);
  await expect(page.locator('.day')).toHaveCount(0);
});

test('a list of thousands goes on as far as one scrolls, and keeps few rows at work', async ({
  page,
  site,
  stack,
}) => {
  const feedId = await begin(page, site, 1);
  await query(
    stack,
    `INSERT INTO items (feed_id, identity, content_hash, url, title, published_at, sort_at, html, excerpt, enclosures, categories)
     SELECT $1, decode(md5('more' || n), 'hex'), decode(md5('more' || n), 'hex'), NULL, 'more-' || n, at, at, '<p>More</p>', 'More', '[]', '{}'
     FROM generate_series(1, 1000) n, LATERAL (SELECT timestamptz '2025-12-01' - n * interval '1 hour' AS at) t`,
    [feedId],
  );
  await page.goto('/all');
  const last = page.getByRole('link', { name: /more-1000$/ });
  await expect(async () => {
    await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
    await expect(last).toBeVisible({ timeout: 50 });
  }).toPass({ intervals: [50] });
  expect(await page.locator('.row').count()).toBeLessThan(300);
});

test('panes are as wide as they were made, by mouse and by keys', async ({ page, site }) => {
  await begin(page, site);
  const divider = page.getByRole('separator').first();
  const width = async () => Number(await divider.getAttribute('aria-valuenow'));
  const before = await width();
  await divider.focus();
  await page.keyboard.press('ArrowRight');
  expect(await width()).toBe(before + 16);
  const box = await divider.boundingBox();
  if (box === null) throw new Error('There is no divider.');
  await page.mouse.move(box.x + box.width / 2, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, 400, { steps: 3 });
  await page.mouse.up();
  expect(await width()).toBe(before + 76);
  await page.reload();
  expect(await width()).toBe(before + 76);
  const pane = await page.locator('.nav-pane').boundingBox();
  expect(Math.abs((pane?.width ?? 0) - (before + 76))).toBeLessThan(3);
  await divider.dblclick();
  await expect.poll(width).toBe(256);
});

test('a middle width has two panes, a narrow one one, and the feeds come when they are wanted', async ({
  page,
  site,
}) => {
  await begin(page, site);
  await page.setViewportSize({ width: 1000, height: 800 });
  await page.goto('/all');
  await awaitLater(page);
  const list = page.getByRole('region', { name: 'Items' });
  const feeds = page.getByRole('navigation', { name: 'Feeds' });
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(openTitle(page)).toBeInViewport();
  await expect(list).toBeInViewport();
  await expect(feeds).toBeHidden();
  await page.getByRole('button', { name: 'Feeds' }).filter({ visible: true }).click();
  await expect(feeds).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(feeds).toBeHidden();
  await expect(openTitle(page)).toBeInViewport();
  await page.setViewportSize({ width: 600, height: 800 });
  await expect(openTitle(page)).toBeInViewport();
  await expect(list).toBeHidden();
});

test('a folder has a list of its own', async ({ page, site, stack }) => {
  const feedId = await begin(page, site);
  await query(
    stack,
    `WITH made AS (INSERT INTO folders (user_id, name) SELECT user_id, 'Seas' FROM subscriptions LIMIT 1 RETURNING id)
     UPDATE subscriptions SET folder_id = made.id FROM made WHERE feed_id = $1`,
    [feedId],
  );
  site.serve('/other', { body: writeRss('Waders', makeItems(2, 'wader')) });
  await page.goto('/feeds/new');
  await page.getByLabel('Feed or site address').fill(`${site.origin}/other`);
  await page.getByRole('main').getByRole('button', { name: 'Add feed' }).click();
  await expect(itemsOf(page)).toHaveCount(2);
  await page.getByRole('navigation', { name: 'Feeds' }).getByRole('link', { name: /^Seas/ }).click();
  await expect(page).toHaveURL(/\/folders\/\d+$/);
  await expect(page.locator('.list-title')).toHaveText('Seas');
  await expect(itemsOf(page)).toHaveText([/item-3$/, /item-2$/, /item-1$/]);
});
