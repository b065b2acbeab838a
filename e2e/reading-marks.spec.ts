import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { awaitLater, awaitTold, begin, openTitle, pressAndTell, rowOf, unreadLink } from './support/reading';
import { expect, follow, itemsOf, statusOf, test } from './support/test';

const DAY = 86_400_000;

/** The titles of the rows that are unread. */
const unreadOf = (page: Page) => page.locator('.row:not([data-read])').getByRole('heading').getByRole('link');

/** Chooses in a menu, and waits until the server has been told. */
async function choose(page: Page, menu: string, entry: string) {
  await page.getByRole('button', { name: menu }).click();
  await awaitTold(page, '/api/mark-read', () =>
    page.getByRole('button', { name: entry, exact: true }).filter({ visible: true }).click(),
  );
}

/** What `deed` marks is undone, by key, to exactly what was before: in the page, and as the server has it. */
async function expectUndone(page: Page, before: RegExp[]) {
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadOf(page)).toHaveText(before);
  await page.reload();
  await awaitLater(page);
  await expect(unreadOf(page)).toHaveText(before);
  await expect(unreadLink(page)).toContainText(String(before.length));
}

test('what is above or below an item is marked, and exactly that taken back', async ({ page, site }) => {
  await begin(page, site, 5);
  await rowOf(page, 'item-3').getByRole('link').click();
  await expect(openTitle(page)).toHaveText('item-3');
  const before = [/item-5$/, /item-4$/, /item-2$/, /item-1$/];
  await expect(unreadOf(page)).toHaveText(before);
  await choose(page, 'More for this article', 'Everything above');
  await expect(unreadOf(page)).toHaveText([/item-2$/, /item-1$/]);
  await expect(unreadLink(page)).toContainText('2');
  await expectUndone(page, before);

  await choose(page, 'More for this article', 'Everything below');
  await expect(unreadOf(page)).toHaveText([/item-5$/, /item-4$/]);
  await expectUndone(page, before);
});

test('what is offered to be taken back is that, whatever has been opened since', async ({ page, site }) => {
  await begin(page, site, 5);
  await rowOf(page, 'item-3').getByRole('link').click();
  await expect(openTitle(page)).toHaveText('item-3');
  await choose(page, 'More for this article', 'Everything below');
  await expect(unreadOf(page)).toHaveText([/item-5$/, /item-4$/]);
  await rowOf(page, 'item-5').getByRole('link').click();
  await expect(unreadOf(page)).toHaveText([/item-4$/]);
  await awaitTold(page, '/api/undo', () => page.getByRole('button', { name: 'Undo' }).click());
  await expect(unreadOf(page)).toHaveText([/item-4$/, /item-2$/, /item-1$/]);
  // What was opened is taken back next.
  await pressAndTell(page, 'z', '/api/items');
  await expect(unreadOf(page)).toHaveText([/item-5$/, /item-4$/, /item-2$/, /item-1$/]);
});

test('what is older than a day or a week is marked, and exactly that taken back', async ({ page, site }) => {
  const ages = { hour: DAY / 24, 'three-days': 3 * DAY, 'ten-days': 10 * DAY };
  const items = Object.entries(ages).map(([guid, age]) => ({ guid, date: new Date(Date.now() - age) }));
  site.serve('/feed', { body: writeRss('Tides', items) });
  await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  await choose(page, 'More for this list', 'Older than a week');
  await expect(unreadOf(page)).toHaveText([/hour$/, /three-days$/]);
  await expect(unreadLink(page)).toContainText('2');
  await choose(page, 'More for this list', 'Older than a day');
  await expect(unreadOf(page)).toHaveText([/hour$/]);
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadOf(page)).toHaveText([/hour$/, /three-days$/]);
  await expectUndone(page, [/hour$/, /three-days$/, /ten-days$/]);
});

test('an answer from before a deed does not take it back', async ({ page, site }) => {
  await begin(page, site);
  let release: () => void = () => undefined;
  const told = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answered = new Promise<void>((resolve) => {
    void page.route('**/api/items?*', async (route) => {
      const response = await route.fetch();
      resolve();
      await told;
      await route.fulfill({ response });
    });
  });
  await page.keyboard.press('r');
  await answered;
  const row = rowOf(page, 'item-2');
  await row.getByRole('link').focus();
  await pressAndTell(page, 's', '/api/items');
  await pressAndTell(page, 'm', '/api/items');
  const listed = page.waitForResponse((response) => response.url().includes('/api/items?'));
  release();
  await (await listed).finished();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => setTimeout(done)))');
  await expect(row.getByText('Starred')).toBeAttached();
  await expect(row).toHaveAttribute('data-read', 'true');
});

test('what has been done here shows in lists of a server that has not been told', async ({ page, site }) => {
  await begin(page, site);
  await page.keyboard.press('n');
  await pressAndTell(page, 's', '/api/items');
  await page.route('**/api/items', (route) =>
    route.request().method() === 'PATCH' ? undefined : route.fallback(),
  );
  await page.keyboard.press('s');
  await page.keyboard.press('o');
  await expect(rowOf(page, 'item-3')).toHaveAttribute('data-read');
  await unreadLink(page).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Unread' })).toBeVisible();
  await expect(itemsOf(page)).toHaveText([/item-2$/, /item-1$/]);
  await page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: /^Starred/ })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: 'Starred' })).toBeVisible();
  await expect(itemsOf(page)).toHaveCount(0);
});

test('a feed and a folder are marked by themselves, and everything at once', async ({ page, site }) => {
  const tides = await begin(page, site);
  site.serve('/waders', { body: writeRss('Waders', makeItems(2, 'wader')) });
  const waders = await follow(page, `${site.origin}/waders`);
  await page.goto('/folders');
  await page.getByLabel('New folder').fill('Birds');
  await page.getByRole('button', { name: 'Create folder' }).click();
  await expect(statusOf(page)).toHaveText('The folder is made.');
  await page.getByRole('checkbox', { name: 'Waders', exact: true }).check();
  await page.getByLabel('Move the chosen feeds to').selectOption('Birds');
  await page.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Birds' }).getByRole('listitem')).toHaveCount(1);

  await page.goto(`/feeds/${tides}`);
  await awaitLater(page);
  await expect(unreadOf(page)).toHaveCount(3);
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(page)).toContainText('2');
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadLink(page)).toContainText('5');

  await page
    .getByRole('navigation', { name: 'Feeds' })
    .getByRole('link', { name: /^Birds/ })
    .click();
  await expect(unreadOf(page)).toHaveCount(2);
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(page)).toContainText('3');
  await page.goto(`/feeds/${waders}`);
  await expect(page.locator('.row')).toHaveCount(2);
  await expect(unreadOf(page)).toHaveCount(0);

  await page.goto('/unread');
  await awaitLater(page);
  await expect(unreadOf(page)).toHaveCount(3);
  await choose(page, 'More for this list', 'Everything');
  await expect(unreadLink(page)).toHaveText('Unread');
  await expectUndone(page, [/item-3$/, /item-2$/, /item-1$/]);
});

test('an item is what it was made: unread again, starred, and still so when its feed is left', async ({
  page,
  site,
}) => {
  const feedId = await begin(page, site);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  await awaitTold(page, '/api/items', () => page.getByRole('button', { name: 'Mark as unread' }).click());
  await awaitTold(page, '/api/items', () => page.getByRole('button', { name: 'Star', exact: true }).click());
  await page.goto(`/feeds/${feedId}/settings`);
  await page.getByRole('button', { name: 'Unsubscribe' }).first().click();
  await page.waitForURL((url) => !url.pathname.endsWith('/settings'));
  await page.goto('/starred');
  await expect(itemsOf(page)).toHaveText([/item-3$/]);
  await page.goto('/unread');
  await expect(page.locator('.row')).toHaveCount(0);
});
