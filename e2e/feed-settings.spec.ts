import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { addFeed, expect, feedIdOf, follow, itemsOf, statusOf, test } from './support/test';

const PASSWORD = 'öffne dich, Sesam';
const BASIC = `Basic ${Buffer.from(`me:${PASSWORD}`).toString('base64')}`;

const titleOf = (page: Page) => page.getByRole('heading', { level: 1 });

/** Adds a feed, waits for its items, and opens its settings. */
async function openSettings(page: Page, address: string): Promise<number> {
  const feedId = await follow(page, address);
  await page.goto(`/feeds/${feedId}`);
  await page.getByRole('main').getByRole('link', { name: 'Settings' }).click();
  await expect(titleOf(page)).toHaveText('Settings of this feed');
  return feedId;
}

test.beforeEach(async ({ stack, baseURL }) => {
  expect(baseURL).toBe(stack.url);
  await query(stack, 'DELETE FROM folders');
});

test.describe('with and without JavaScript', () => {
  for (const javaScriptEnabled of [true, false]) {
    test.describe(javaScriptEnabled ? 'with' : 'without', () => {
      test.use({ javaScriptEnabled });

      test('a feed gets a name, a folder, a floor and a limit of its own', async ({ page, site, stack }) => {
        site.serve('/feed', { body: writeRss('As it calls itself', makeItems(2)) });
        const feedId = await openSettings(page, `${site.origin}/feed`);
        await page.getByLabel('Your name for it').fill('x'.repeat(201));
        await page.getByLabel('Or a new folder').fill('Tides');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await expect(page.getByRole('main').getByRole('alert')).toHaveText(/too long/);
        await expect(page.getByLabel('Or a new folder')).toHaveValue('Tides');
        await page.getByLabel('Your name for it').fill('As I call it');
        await page.getByLabel('Fetch it').selectOption('At most every 7 days');
        await page.getByLabel('Keep items for').selectOption('For ever');
        await page.getByLabel('Keep at most').selectOption('500 items');
        await page.getByRole('button', { name: 'Save', exact: true }).click();
        await expect(statusOf(page)).toHaveText('Saved.');
        await expect(page.getByLabel('Folder', { exact: true })).toHaveText(/Tides/);
        const checked = page.getByLabel('Folder', { exact: true }).locator('option:checked');
        await expect(checked).toHaveText('Tides');
        await expect(page.getByLabel('Or a new folder')).toHaveValue('');
        await page.goto(`/feeds/${feedId}`);
        await expect(titleOf(page)).toHaveText('As I call it');
        await page.getByText('About this feed').click();
        await expect(page.getByText(/its readers want it at most every 7 days/).first()).toBeVisible();
        expect(await query(stack, 'SELECT floor_minutes, keep_days, keep_items FROM subscriptions')).toEqual([
          { floor_minutes: 10_080, keep_days: 0, keep_items: 500 },
        ]);
      });

      test('a feed that asks for a password gets one, which is never shown', async ({
        page,
        site,
        stack,
      }) => {
        site.serve('/locked', ({ headers }) =>
          headers.authorization === BASIC
            ? { body: writeRss('Locked', makeItems(3)) }
            : { status: 401, headers: { 'www-authenticate': 'Basic' } },
        );
        await page.goto('/feeds/new');
        await addFeed(page, `${site.origin}/locked`);
        await feedIdOf(page);
        await page.getByRole('link', { name: 'Set its password' }).click();
        await page.getByLabel('User name').fill('m:e');
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: 'Use this password' }).click();
        await expect(page.getByRole('main').getByRole('alert')).toHaveText(/no colon/);
        await expect(page.getByLabel('User name')).toHaveValue('m:e');
        await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
        await page.getByLabel('User name').fill('me');
        await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
        await page.getByRole('button', { name: 'Use this password' }).click();
        await expect(itemsOf(page)).toHaveCount(3);
        await page.getByRole('main').getByRole('link', { name: 'Settings' }).click();
        await expect(page.getByText('They are never shown.')).toBeVisible();
        await expect(page.getByText('This feed is yours alone')).toBeVisible();
        expect(await page.content()).not.toContain('Sesam');
        await expect(page.getByLabel('User name')).toHaveValue('');
        await page.getByRole('button', { name: 'Remove the password' }).click();
        await expect(page.getByRole('link', { name: 'Set its password' })).toBeVisible();
        expect(await query(stack, 'SELECT credentials FROM feeds')).toContainEqual({ credentials: null });
      });
    });
  }
});

test('a server is told another name, and others’ feeds are left as they are', async ({
  page,
  site,
  stack,
}) => {
  const agents: string[] = [];
  site.serve('/feed', ({ headers }) => {
    agents.push(String(headers['user-agent']));
    return { body: writeRss(`Told ${agents.length} times`, makeItems(2)) };
  });
  const feedId = await openSettings(page, `${site.origin}/feed`);
  await page.getByLabel('User-Agent').fill('Réader/1.0');
  await page.getByRole('button', { name: 'Save and fetch' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/plain letters/);
  await page.getByLabel('User-Agent').fill('Reader/1.0');
  await page.getByRole('button', { name: 'Save and fetch' }).click();
  await expect(titleOf(page)).toHaveText('Told 2 times');
  expect(agents).toEqual([expect.stringContaining('Tidings'), 'Reader/1.0']);
  await query(stack, "INSERT INTO users (name) VALUES ('stranger') ON CONFLICT DO NOTHING");
  await query(
    stack,
    "INSERT INTO subscriptions (user_id, feed_id) SELECT id, $1::int FROM users WHERE name = 'stranger'",
    [feedId],
  );
  await page.goto(`/feeds/${feedId}/settings`);
  await expect(page.getByText('cannot be changed for one of you')).toBeVisible();
  await expect(page.getByLabel('User-Agent')).toHaveCount(0);
});

test('a feed’s page tells how it stands with its hub', async ({ page, site, stack }) => {
  site.serve('/feed', { body: writeRss('Hubbed', makeItems(2)) });
  const feedId = await openSettings(page, `${site.origin}/feed`);
  await query(
    stack,
    `INSERT INTO hub_subscriptions (feed_id, hub, topic, token, state, lease_until, last_push_at)
     VALUES ($1, 'https://hub.example/', $2, 'x', 'ACTIVE', now() + interval '9 days', now() - interval '3 hours')`,
    [feedId, `${site.origin}/feed`],
  );
  await page.goto(`/feeds/${feedId}`);
  await page.getByText('About this feed').click();
  await expect(page.getByText('https://hub.example/')).toBeVisible();
  await expect(page.getByText('Last push 3 hours ago.')).toBeVisible();
  await query(
    stack,
    `UPDATE hub_subscriptions SET state = 'DENIED', error = 'The hub refuses: not that feed.', lease_until = NULL`,
  );
  await page.reload();
  await page.getByText('About this feed').click();
  await expect(
    page.getByText(/The hub refuses: not that feed\. The feed’s server is asked as usual/),
  ).toBeVisible();
});

test('unsubscribing is undone from where it leads, and for a while after', async ({ page, site }) => {
  for (const name of ['one', 'two']) {
    site.serve(`/${name}`, { body: writeRss(`Feed ${name}`, makeItems(2)) });
    await openSettings(page, `${site.origin}/${name}`);
    if (name === 'one') {
      await page.getByLabel('Your name for it').fill('My own');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await expect(statusOf(page)).toHaveText('Saved.');
    }
  }
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(statusOf(page)).toHaveText('You no longer follow 1 feed.');
  await page.getByRole('button', { name: 'Undo unsubscribing from Feed two' }).click();
  await expect(titleOf(page)).toHaveText('Feed two');
  await expect(itemsOf(page)).toHaveCount(2);

  await page.goto('/feeds');
  await page.getByRole('link', { name: 'Choose all 2 shown' }).click();
  await page.getByRole('button', { name: 'Unsubscribe…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(statusOf(page)).toHaveText('You no longer follow 2 feeds.');
  await page.goto('/');
  await page.goto('/feeds');
  await page.getByText('Unsubscribed from within the last day').click();
  await page.getByRole('button', { name: 'Undo unsubscribing from Feed two and My own' }).click();
  await expect(statusOf(page)).toHaveText('You follow 2 feeds again, as before.');
  await expect(page.getByRole('list', { name: 'Feeds', exact: true }).getByRole('heading')).toHaveText([
    /Feed two$/,
    /My own$/,
  ]);
});
