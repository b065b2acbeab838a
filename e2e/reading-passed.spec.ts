import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import {
  awaitLater,
  awaitTold,
  begin,
  openTitle,
  pressAndTell,
  rowOf,
  scrollerOf,
  unreadLink,
} from './support/reading';
import { expect, itemsOf, test } from './support/test';

const COUNT = 40;

/** Says in the settings that what is scrolled past is read. */
async function choosePassed(page: Page): Promise<void> {
  await page.goto('/settings');
  const setting = page.getByRole('group', { name: /scrolled past/i });
  await setting.getByRole('radio', { name: 'Yes' }).check();
  await expect(page.getByText('Saved.')).toBeVisible();
}

test('what is scrolled past is read, and nothing else', async ({ page, site }) => {
  const feedId = await begin(page, site, COUNT);
  await choosePassed(page);
  await page.goto('/all');
  await awaitLater(page);
  await expect(unreadLink(page)).toContainText(String(COUNT));
  const gone = rowOf(page, 'item-38');
  await expect(gone).toBeInViewport();
  const height = (await gone.boundingBox())?.height ?? 0;
  const ended = scrollerOf(page).evaluate(
    (element) => new Promise<void>((done) => element.addEventListener('scrollend', () => done())),
  );
  await awaitTold(page, '/api/items', async () => {
    await scrollerOf(page).hover();
    await page.mouse.wheel(0, height * 4.5);
  });
  await ended;
  await expect(gone).not.toBeInViewport();
  await expect(gone).toHaveAttribute('data-read');
  const first = await scrollerOf(page).evaluate((element) => {
    const { top } = element.getBoundingClientRect();
    return [...element.querySelectorAll('.row')].findIndex((row) => row.getBoundingClientRect().bottom > top);
  });
  expect(first).toBeGreaterThan(1);
  await expect(page.locator('.row[data-read]')).toHaveCount(first);
  await expect(unreadLink(page)).toContainText(String(COUNT - first));

  // However many rows passed one after the other: it was one movement.
  await pressAndTell(page, 'z', '/api/items');
  await expect(page.locator('.row[data-read]')).toHaveCount(0);
  await expect(unreadLink(page)).toContainText(String(COUNT));

  // What leaves with its list has not been scrolled past, be it for another list or for an article.
  const marks: string[] = [];
  page.on('request', (request) => {
    if (request.method() === 'PATCH') marks.push(request.postData() ?? '');
  });
  await page.getByRole('navigation', { name: 'Feeds' }).getByRole('link', { name: /Tides/ }).click();
  await expect(page).toHaveURL(new RegExp(`/feeds/${feedId}$`));
  await expect(itemsOf(page)).toHaveCount(COUNT);
  await expect(unreadLink(page)).toContainText(String(COUNT));
  await page.reload();
  await expect(unreadLink(page)).toContainText(String(COUNT));
  expect(marks).toEqual([]);
});

test('what is taken away while it is in sight has not been scrolled past', async ({ page, site, stack }) => {
  await begin(page, site);
  await choosePassed(page);
  await page.goto('/all');
  await awaitLater(page);
  await scrollerOf(page).hover();
  const later = { guid: 'item-4', date: new Date('2026-01-01T13:00:00Z') };
  site.serve('/feed', { body: writeRss('Tides', [later, ...makeItems(3)]) });
  await query(stack, 'UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()');
  await expect(page.getByRole('button', { name: '1 new item' })).toBeVisible();
  // The list is loaded anew: its rows are others than those that were seen.
  await page.keyboard.press('r');
  await expect(itemsOf(page)).toHaveCount(4);
  await rowOf(page, 'item-4').getByRole('link').click();
  await expect(openTitle(page)).toHaveText('item-4');
  await expect(unreadLink(page)).toContainText('3');
  await expect(page.locator('.row[data-read]')).toHaveCount(1);
});
