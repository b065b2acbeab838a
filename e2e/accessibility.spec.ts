import { makeItems, writeRss } from '../test/support/feed-server';
import { addLink, makeAccount, PASSWORD, test as withAccounts } from './support/accounts';
import { findFaults } from './support/find-faults';
import { query } from './support/query';
import { awaitLater } from './support/reading';
import { expect, follow, itemsOf, statusOf, test } from './support/test';

/** Where a page is, once a feed with these numbers is there. */
type PathOf = (feedId: number, itemId: string | null) => string;

/** Pages by what they are for: each group is looked at by a test of its own. */
const PAGES: Record<string, PathOf[]> = {
  'reading keeps': [
    () => '/',
    (feedId) => `/feeds/${feedId}`,
    (_, itemId) => `/all?item=${itemId}`,
    (_, itemId) => `/items/${itemId}`,
    () => '/search?q=item',
  ],
  'feeds and folders keep': [
    () => '/feeds',
    () => '/folders',
    (feedId) => `/feeds/${feedId}/settings`,
    () => '/import',
    () => '/feeds/new',
  ],
  'running it keeps': [() => '/settings', () => '/admin/fetching', () => '/not-there'],
};

for (const [what, paths] of Object.entries(PAGES))
  test(`no page for ${what} anybody out`, async ({ page, site }) => {
    site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
    const faults: string[] = [];
    const feedId = await follow(page, `${site.origin}/feed`);
    await page.goto('/all');
    const itemId = await page.locator('[data-item]').first().getAttribute('data-item');
    for (const pathOf of paths) {
      await page.goto(pathOf(feedId, itemId));
      await expect(page.locator('h1').first()).toBeVisible();
      faults.push(...(await findFaults(page)));
    }
    expect(faults).toEqual([]);
  });

test('nor does one with a star, a folder, an import, a feed that fails, or help', async ({
  page,
  site,
  stack,
}) => {
  test.slow();
  const faults: string[] = [];
  const look = async () => faults.push(...(await findFaults(page)));
  const show = async (path: string) => {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator('h1').first()).toBeVisible();
  };
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  site.serve('/failing', { status: 503 });
  await show('/import');
  const outlines = ['/feed', '/failing', 'no address'].map(
    (path) => `<outline type="rss" xmlUrl="${path.startsWith('/') ? site.origin : ''}${path}"/>`,
  );
  await page.getByLabel(/OPML file/).setInputFiles({
    name: 'subscriptions.opml',
    mimeType: 'text/x-opml',
    buffer: Buffer.from(
      `<opml version="2.0"><body><outline text="Sea">${outlines.join('')}</outline></body></opml>`,
    ),
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await expect(statusOf(page)).toHaveText(
    '2 feeds added. 1 could not be read so far. 1 row could not be used.',
  );
  await look();

  const [ids] = (await query(
    stack,
    "SELECT folders.id AS folder, feeds.id AS feed FROM folders, feeds WHERE url LIKE '%/failing'",
  )) as { folder: number; feed: number }[];
  await show(`/folders/${ids?.folder}`);
  await look();
  await show(`/feeds/${ids?.feed}?about=1&fetches=newest`);
  await look();

  await show('/all');
  await awaitLater(page);
  await itemsOf(page).first().click();
  const starred = page.waitForResponse((response) => /starred/.test(response.request().postData() ?? ''));
  await page.keyboard.press('s');
  expect((await starred).ok()).toBe(true);
  await show('/starred');
  await expect(itemsOf(page)).toHaveCount(1);
  await look();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await look();
  const found = page.getByRole('list', { name: 'Found items' }).getByRole('listitem');
  await expect
    .poll(async () => {
      await show('/search?q=item');
      return found.count();
    })
    .toBe(3);
  await look();
  expect(faults).toEqual([]);
});

test('nor does the page that has nothing to show yet', async ({ page }) => {
  for (const path of ['/', '/feeds', '/unread', '/starred', '/search']) {
    await page.goto(path);
    await expect(page.locator('h1').first()).toBeVisible();
    expect(await findFaults(page)).toEqual([]);
  }
});

withAccounts('nor does one about accounts', async ({ page, stack }) => {
  withAccounts.slow();
  const setup = await addLink(stack, 'SETUP', 'OWNER');
  const faults: string[] = [];
  const look = async (...paths: string[]) => {
    for (const path of paths) {
      await page.goto(path);
      await expect(page.locator('h1').first()).toBeVisible();
      faults.push(...(await findFaults(page)));
    }
  };
  await look('/sign-in?error=provider', '/sign-in/code', setup, '/welcome/none');
  await makeAccount(page, setup, 'Ada');
  await look('/settings/sessions', '/settings/tokens');
  await page.getByLabel('For which program').fill('Lamp');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await expect(page.locator('[data-token]')).toBeVisible();
  faults.push(...(await findFaults(page)));
  await look('/settings/account');
  const section = page.getByRole('region', { name: 'Second step' });
  await section.getByLabel('Password').fill(PASSWORD);
  await section.getByRole('button', { name: 'Set up' }).click();
  await expect(section.locator('[data-secret]')).toBeVisible();
  faults.push(...(await findFaults(page)));
  await query(stack, "INSERT INTO users (name, username) VALUES ('Grace', 'grace')");
  await look('/admin/fetching', '/admin');
  await page.getByRole('main').getByText('Manage').click();
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  await expect(page.locator('[data-link]')).toBeVisible();
  faults.push(...(await findFaults(page)));
  expect(faults).toEqual([]);
});
