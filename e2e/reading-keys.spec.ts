import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { awaitLater, begin, openTitle, pressAndTell, rowOf, unreadLink } from './support/reading';
import { expect, follow, itemsOf, test } from './support/test';

test('keys go through a list without opening it, and open what they came to', async ({ page, site }) => {
  await begin(page, site);
  for (const title of ['item-3', 'item-2']) {
    await page.keyboard.press('n');
    await expect(rowOf(page, title).getByRole('link')).toBeFocused();
  }
  await page.keyboard.press('p');
  await expect(rowOf(page, 'item-3').getByRole('link')).toBeFocused();
  await expect(openTitle(page)).toBeHidden();
  await expect(unreadLink(page)).toContainText('3');
  await pressAndTell(page, 'o', '/api/items');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('2');
  await page.keyboard.press('Escape');
  await page.keyboard.press('n');
  await pressAndTell(page, 'Enter', '/api/items');
  await expect(openTitle(page)).toHaveText('item-2');
  await pressAndTell(page, 'f', '/api/items');
  await expect(page.getByRole('button', { name: 'Remove the star' })).toBeVisible();
});

test('a key opens the original in a tab of its own, which does not learn where it came from', async ({
  page,
  site,
  context,
}) => {
  await context.route('https://example.org/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>There</title>' }),
  );
  await begin(page, site);
  await page.keyboard.press('n');
  const [there] = await Promise.all([context.waitForEvent('page'), page.keyboard.press('v')]);
  await expect(there).toHaveURL('https://example.org/item-3');
  expect(await there.evaluate('[document.referrer, window.opener]')).toEqual(['', null]);
  await there.close();
});

test('keys go to all places', async ({ page, site }) => {
  await begin(page, site);
  const places = [
    ['g', 's', /\/starred$/],
    ['g', 'a', /\/all$/],
    ['g', 'u', /\/unread$/],
    ['g', 'f', /\/feeds$/],
    ['', '/', /\/search$/],
  ] as const;
  for (const [first, second, address] of places) {
    if (first !== '') await page.keyboard.press(first);
    await page.keyboard.press(second);
    await expect(page).toHaveURL(address);
    // Where a field took the focus, keys are letters: a person leaves it first.
    await page.evaluate('document.activeElement?.blur()');
  }
  await page.keyboard.press('+');
  await expect(page).toHaveURL(/\/feeds\/new$/);
});

test('keys go from feed to feed, in the order in which they stand, and from pane to pane', async ({
  page,
  site,
  stack,
}) => {
  await begin(page, site);
  site.serve('/waders', { body: writeRss('Waders', makeItems(2, 'wader')) });
  const waders = await follow(page, `${site.origin}/waders`);
  // Tides lies in no folder, and comes after what does.
  await query(
    stack,
    `WITH made AS (INSERT INTO folders (user_id, name) SELECT user_id, 'Birds' FROM subscriptions LIMIT 1 RETURNING id)
     UPDATE subscriptions SET folder_id = made.id FROM made WHERE feed_id = $1`,
    [waders],
  );
  await page.goto('/all');
  await awaitLater(page);
  const heading = page.locator('.list-title');
  await page.keyboard.press('J');
  await expect(heading).toHaveText('Waders');
  await page.keyboard.press('J');
  await expect(heading).toHaveText('Tides');
  await page.keyboard.press('K');
  await expect(heading).toHaveText('Waders');

  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('wader-2');
  const paneOf = () =>
    page.evaluate("document.activeElement?.closest('.nav-pane, .list-pane, .article-pane')?.className ?? ''");
  await page.keyboard.press('l');
  await page.keyboard.press('l');
  await expect.poll(paneOf).toContain('article-pane');
  await page.keyboard.press('h');
  await expect.poll(paneOf).toContain('list-pane');
  await page.keyboard.press('h');
  await expect.poll(paneOf).toContain('nav-pane');
});

test('a key has the feed looked at again', async ({ page, site }) => {
  const feedId = await begin(page, site);
  await page.goto(`/feeds/${feedId}`);
  await awaitLater(page);
  site.serve('/feed', { body: writeRss('Tides', makeItems(4)) });
  const before = site.count('/feed');
  await page.keyboard.press('r');
  await expect.poll(() => site.count('/feed')).toBeGreaterThan(before);
  // What comes at once is in the list; what comes later is announced.
  const announced = page.getByRole('button', { name: /1 new item/ });
  await expect(announced.or(itemsOf(page).nth(3))).toBeVisible();
  if (await announced.isVisible()) await announced.click();
  await expect(itemsOf(page)).toHaveCount(4);
});

test('a key has all feeds looked at again that have not just been', async ({ page, site, stack }) => {
  await begin(page, site);
  await page.goto('/unread');
  await awaitLater(page);
  site.serve('/feed', { body: writeRss('Tides', makeItems(4)) });
  const before = site.count('/feed');
  const asked = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.keyboard.press('r');
  await asked;
  await query(stack, "UPDATE feed_schedules SET last_fetch_at = now() - interval '1 hour'");
  expect(site.count('/feed')).toBe(before);
  await page.keyboard.press('r');
  await expect.poll(() => site.count('/feed')).toBe(before + 1);
  const announced = page.getByRole('button', { name: /1 new item/ });
  await expect(announced.or(itemsOf(page).nth(3))).toBeVisible();
  expect(site.count('/feed')).toBe(before + 1);
});

test('single keys can be switched off, all of them, and on again in the settings', async ({ page, site }) => {
  await begin(page, site);
  const sheet = page.getByRole('dialog', { name: 'Keyboard' });
  const choose = async (checked: boolean) => {
    await page.keyboard.press('?');
    await sheet.getByRole('checkbox', { name: 'Single keys do something' }).setChecked(checked);
    await sheet.getByRole('button', { name: 'Close' }).click();
    await expect(sheet).toBeHidden();
  };
  await choose(false);
  await page.reload();
  await awaitLater(page);
  for (const key of ['?', 'j', 's', 'A']) await page.keyboard.press(key);
  await page.goto('/settings');
  await awaitLater(page);
  const setting = page.getByRole('group', { name: 'Single keys do something' });
  await setting.getByRole('radio', { name: 'Yes' }).check();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.goBack();
  await awaitLater(page);
  // Nothing was done by those keys: the first item is the one that comes first, and no other is read.
  await expect(sheet).toBeHidden();
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('2');
});

test('keys go through what was found, and open it', async ({ page, site }) => {
  await begin(page, site);
  const found = page.getByRole('list', { name: 'Found items' }).getByRole('link');
  await expect
    .poll(async () => {
      await page.goto('/search?q=about');
      return found.count();
    })
    .toBe(3);
  await awaitLater(page);
  await page.keyboard.press('n');
  await expect(found.first()).toBeFocused();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  await expect(found.nth(1)).toBeFocused();
  await page.keyboard.press('o');
  await expect(openTitle(page)).toHaveText('item-2');
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-1');
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  await expect(openTitle(page)).toHaveText('item-3');
  await page.keyboard.press('A');
  await expect(page.getByText('not marked all at once')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/search\?q=about$/);
  await expect(found.first()).toBeFocused();
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Words' })).toBeFocused();
  await expect(page).toHaveURL(/\/search\?q=about$/);
});

test('in a feed, what is searched first is that feed', async ({ page, site }) => {
  const feedId = await begin(page, site);
  const place = page.getByRole('combobox', { name: 'In' });
  await page.goto(`/feeds/${feedId}`);
  await awaitLater(page);
  await page.keyboard.press('/');
  await expect(page).toHaveURL(new RegExp(`/search\\?in=feed-${feedId}$`));
  await expect(place).toHaveValue(`feed-${feedId}`);
  await page.goBack();
  await page.getByRole('button', { name: 'More for this list' }).click();
  await page.getByRole('link', { name: 'Search here' }).click();
  await expect(place).toHaveValue(`feed-${feedId}`);
  await page.goto('/unread');
  await awaitLater(page);
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search$/);
});

test('a key that is pressed while the page wakes up is not lost', async ({ page, site }) => {
  await begin(page, site);
  // The first that runs of a page, long before anything is shown by it.
  await page.addInitScript(() => {
    const { trustedTypes } = window as unknown as {
      trustedTypes: { createPolicy: (...all: unknown[]) => unknown };
    };
    const create = trustedTypes.createPolicy;
    trustedTypes.createPolicy = function (...all) {
      document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', code: 'KeyJ' }));
      return create.apply(this, all);
    };
  });
  await page.goto('/all');
  await expect(openTitle(page)).toHaveText('item-3');
});
