import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { awaitLater, begin, pressAndTell, rowOf, scrollerOf, unreadLink } from './support/reading';
import { expect, follow, test } from './support/test';

test('what is read and starred in one tab is so in the other, and counted there', async ({
  page,
  site,
  context,
}) => {
  await begin(page, site);
  const other = await context.newPage();
  await other.goto('/unread');
  await expect(unreadLink(other)).toContainText('3');

  await pressAndTell(page, 'j', '/api/items');
  await expect(rowOf(other, 'item-3')).toHaveAttribute('data-read');
  // At once, and not when the tab next asks by itself.
  await expect(unreadLink(other)).toContainText('2', { timeout: 4000 });
  await pressAndTell(page, 's', '/api/items');
  await expect(rowOf(other, 'item-3').getByText('Starred')).toBeAttached();
  await pressAndTell(page, 'm', '/api/items');
  await expect(rowOf(other, 'item-3')).not.toHaveAttribute('data-read');
  await expect(unreadLink(other)).toContainText('3', { timeout: 4000 });

  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(other)).toHaveText('Unread', { timeout: 4000 });
  await expect(other.locator('.row[data-read]')).toHaveCount(3);
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadLink(other)).toContainText('3', { timeout: 4000 });
  await expect(other.locator('.row[data-read]')).toHaveCount(0);
  await other.close();
});

test('what one tab tells the server for another is taken back in the other', async ({
  page,
  site,
  context,
}) => {
  await begin(page, site);
  const other = await context.newPage();
  await other.goto('/all');
  await awaitLater(other);
  await expect(unreadLink(other)).toContainText('3');
  let tell: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    tell = resolve;
  });
  await page.route('**/api/items', async (route) => {
    if (route.request().method() === 'PATCH') await held;
    await route.continue();
  });
  const begun = page.waitForRequest((request) => request.method() === 'PATCH');
  await page.keyboard.press('n');
  await page.keyboard.press('s');
  await begun;
  // While this tab is at it, it finds what the other has done, and tells that as well.
  await other.keyboard.press('A');
  await expect(other.locator('.row[data-read]')).toHaveCount(3);
  const told = page.waitForResponse((response) => response.url().endsWith('/api/mark-read'));
  tell();
  expect((await told).ok()).toBe(true);
  await expect(other.getByText('3 items marked as read')).toBeVisible();
  await pressAndTell(other, 'z', '/api/undo');
  await expect(unreadLink(page)).toContainText('3');
  await page.reload();
  await expect(page.locator('.row')).toHaveCount(3);
  await expect(page.locator('.row[data-read]')).toHaveCount(0);
  await other.close();
});

test('a tab takes back what it has marked though another has marked another feed since, and says why not', async ({
  page,
  site,
  stack,
  context,
}) => {
  const tides = await begin(page, site);
  site.serve('/waders', { body: writeRss('Waders', makeItems(2, 'wader')) });
  const waders = await follow(page, `${site.origin}/waders`);
  const other = await context.newPage();
  for (const [tab, feed] of [[page, tides] as const, [other, waders] as const]) {
    await tab.goto(`/feeds/${feed}`);
    await awaitLater(tab);
    await pressAndTell(tab, 'A', '/api/mark-read');
  }
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadLink(other)).toContainText('3');
  await pressAndTell(other, 'z', '/api/undo');
  await expect(unreadLink(page)).toContainText('5');

  await pressAndTell(page, 'A', '/api/mark-read');
  site.serve('/feed', { body: writeRss('Tides', makeItems(4)) });
  await query(stack, 'UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now() WHERE feed_id = $1', [
    tides,
  ]);
  await expect(unreadLink(other)).toContainText('3');
  await other.goto('/unread');
  await awaitLater(other);
  await expect(other.locator('.row')).toHaveCount(3);
  await pressAndTell(other, 'A', '/api/mark-read');
  await page.keyboard.press('z');
  await expect(
    page.getByText('That could not be undone: it is too long ago, or more of the same'),
  ).toBeVisible();
  await expect(unreadLink(page)).toHaveText('Unread');
  await other.close();
});

test('marking all and taking it back without a network leaves everything as it was', async ({
  page,
  site,
  context,
}) => {
  await begin(page, site);
  await pressAndTell(page, 'j', '/api/items');
  await context.setOffline(true);
  await page.keyboard.press('A');
  await expect(page.locator('.row[data-read]')).toHaveCount(3);
  await expect(unreadLink(page)).toHaveText('Unread');
  await page.keyboard.press('z');
  await expect(page.locator('.row[data-read]')).toHaveCount(1);
  await expect(unreadLink(page)).toContainText('2');
  const undone = page.waitForResponse((response) => response.url().endsWith('/api/undo'));
  await context.setOffline(false);
  expect((await undone).ok()).toBe(true);
  await page.reload();
  await expect(unreadLink(page)).toContainText('2');
  await expect(page.locator('.row[data-read]')).toHaveCount(1);
});

test('a long list agrees with what another tab marks, as far down as it is loaded', async ({
  page,
  site,
  context,
  stack,
}) => {
  test.slow();
  // The first item keeps its date, and the top of the list.
  await begin(page, site, 1);
  site.serve('/feed', { body: writeRss('Tides', makeItems(300)) });
  await query(stack, 'UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()');
  await expect(unreadLink(page)).toContainText('300');
  await page.goto('/all');
  const last = rowOf(page, 'item-2');
  const rowsEnd = () =>
    scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(async () => {
    await rowsEnd();
    await expect(last).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [50] });
  await expect(last).not.toHaveAttribute('data-read');
  const other = await context.newPage();
  await other.goto('/all');
  await awaitLater(other);
  await pressAndTell(other, 'A', '/api/mark-read');
  await expect(last).toHaveAttribute('data-read');
  // What was out of sight meanwhile agrees as soon as it is seen.
  const further = rowOf(page, 'item-90');
  await expect(async () => {
    await scrollerOf(page).evaluate((element) => element.scrollBy({ top: -300 }));
    await expect(further).toBeInViewport({ timeout: 50 });
  }).toPass({ intervals: [50] });
  await expect(further).toHaveAttribute('data-read');
  await pressAndTell(other, 'z', '/api/undo');
  await expect(further).not.toHaveAttribute('data-read');
  await rowsEnd();
  await expect(last).not.toHaveAttribute('data-read');
  await other.close();
});

test('what another device does shows by itself', async ({ page, site, browser, stack }) => {
  await begin(page, site);
  const elsewhere = await browser.newContext({ baseURL: stack.url });
  const other = await elsewhere.newPage();
  await other.goto('/all');
  await awaitLater(other);
  await other.keyboard.press('n');
  await pressAndTell(other, 'm', '/api/items');
  await expect(unreadLink(page)).toContainText('2');
  await expect(rowOf(page, 'item-3')).toHaveAttribute('data-read');
  await elsewhere.close();
});

for (const locks of ['there are none', 'they are refused']) {
  test(`what is done is told where tabs could have locks, but ${locks}`, async ({ page, site }) => {
    await page.addInitScript((refused) => {
      const request = () => Promise.reject(new DOMException('Storage is forbidden.', 'SecurityError'));
      Object.defineProperty(navigator, 'locks', { value: refused ? { request } : undefined });
    }, locks === 'they are refused');
    await begin(page, site);
    await pressAndTell(page, 'j', '/api/items');
    await pressAndTell(page, 'A', '/api/mark-read');
    await pressAndTell(page, 'z', '/api/undo');
    await expect(unreadLink(page)).toContainText('2');
  });
}

test('what is done is told though another tab sleeps while it tells', async ({ page, site, context }) => {
  await begin(page, site);
  const other = await context.newPage();
  await other.goto('/all');
  await other.evaluate(`new Promise((held) => {
    navigator.locks.request('tidings.outbox', () => { held(); return new Promise(() => undefined); });
  })`);
  await page.clock.install();
  await page.keyboard.press('n');
  await page.keyboard.press('s');
  const told = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.clock.runFor(59_000);
  const deeds = () => page.evaluate('Object.keys(localStorage).filter((key) => key.includes("deed")).length');
  expect(await deeds()).toBe(1);
  await page.clock.runFor(1000);
  expect((await told).ok()).toBe(true);
  await expect.poll(deeds).toBe(0);
  await other.close();
});

test('what is done without a network outlives the tab', async ({ page, site, context }) => {
  await begin(page, site);
  const tab = await context.newPage();
  await tab.goto('/all');
  // Without a key having been pressed.
  await awaitLater(tab);
  await context.setOffline(true);
  await tab.keyboard.press('n');
  await expect(rowOf(tab, 'item-3').getByRole('link')).toBeFocused();
  await tab.keyboard.press('s');
  await tab.keyboard.press('n');
  await tab.keyboard.press('m');
  await expect(unreadLink(tab)).toContainText('2');
  await tab.close();
  await page.close();
  await context.setOffline(false);

  // Whoever comes back sees it at once, before the server has been told.
  const back = await context.newPage();
  let tell: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    tell = resolve;
  });
  await back.route('**/api/items', async (route) => {
    await held;
    await route.continue();
  });
  await back.goto('/all');
  await expect(rowOf(back, 'item-3').getByText('Starred')).toBeAttached();
  await expect(rowOf(back, 'item-2')).toHaveAttribute('data-read');
  const answers: boolean[] = [];
  back.on('response', (response) => {
    if (response.url().endsWith('/api/items')) answers.push(response.ok());
  });
  tell();
  await expect.poll(() => answers).toEqual([true, true]);
  await expect(unreadLink(back)).toContainText('2');
  expect(await back.evaluate('Object.keys(localStorage).filter((key) => key.includes("deed"))')).toEqual([]);
  await back.reload();
  await expect(rowOf(back, 'item-3').getByText('Starred')).toBeAttached();
  await expect(rowOf(back, 'item-2')).toHaveAttribute('data-read');
  await expect(rowOf(back, 'item-3')).not.toHaveAttribute('data-read');
});

test('new items announce themselves, and move nothing', async ({ page, site, stack }) => {
  await begin(page, site, 40);
  const scroller = page.locator('.list-scroll');
  await scroller.evaluate((element) => element.scrollTo({ top: 300 }));
  const row = rowOf(page, 'item-35');
  const before = await row.boundingBox();
  const later = { guid: 'item-41', date: new Date('2026-01-01T13:00:00Z') };
  site.serve('/feed', { body: writeRss('Tides', [later, ...makeItems(40)]) });
  await query(stack, 'UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()');
  const news = page.getByRole('button', { name: '1 new item' });
  await expect(news).toBeVisible();
  expect(await row.boundingBox()).toEqual(before);
  await expect(unreadLink(page)).toContainText('41');
  await expect(rowOf(page, 'item-41')).toBeHidden();
  await news.click();
  await expect(page.locator('.row').first()).toContainText('item-41');
  await expect(rowOf(page, 'item-41')).toBeInViewport();
  await expect(news).toBeHidden();
});
