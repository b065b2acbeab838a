import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { expect, statusOf, test } from './support/test';

const opml = (body: string) => `<?xml version="1.0"?><opml version="2.0"><body>${body}</body></opml>`;
const outline = (title: string, url: string) => `<outline type="rss" text="${title}" xmlUrl="${url}"/>`;

async function importFile(page: Page, text: string | Buffer, name = 'subscriptions.opml') {
  await page.getByLabel(/OPML file/).setInputFiles({
    name,
    mimeType: 'text/x-opml',
    buffer: Buffer.from(text),
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}

const rowsOf = (page: Page) => page.getByRole('list', { name: 'Rows of the file' }).getByRole('listitem');

test('a list of feeds is sent, followed until it is read, mended and taken away again', async ({
  page,
  site,
}) => {
  site.serve('/one', { body: writeRss('One', makeItems(3)) });
  site.serve('/slow', { hang: true });
  site.serve('/broken', { status: 500 });
  await page.goto('/');
  await page.getByRole('link', { name: 'Import what you follow' }).click();
  await importFile(
    page,
    opml(`<outline text="Daily">${outline('My name for it', `${site.origin}/one`)}</outline>
      ${outline('Slow', `${site.origin}/slow`)}${outline('Broken', `${site.origin}/broken`)}
      ${outline('Nowhere', 'gopher://example.org/')}`),
  );
  await page.waitForURL(/\/import\/\d+$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import of subscriptions.opml');
  // Without anybody reloading it.
  await expect(statusOf(page)).toHaveText('3 feeds added. Reading them for the first time: 2 done.');
  await expect(rowsOf(page).filter({ hasText: 'Slow' })).toContainText('not read yet');
  site.release(writeRss('Slow', makeItems(1)));
  await expect(statusOf(page)).toHaveText(
    '3 feeds added. 1 could not be read so far. 1 row could not be used.',
  );
  await expect(page.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '4');

  await page.getByRole('link', { name: /^Problems 2/ }).click();
  await expect(rowsOf(page)).toHaveCount(2);
  await expect(rowsOf(page).filter({ hasText: 'Nowhere' })).toContainText('Only http and https');
  site.serve('/broken', { body: writeRss('Broken', makeItems(1)) });
  await rowsOf(page).filter({ hasText: 'Broken' }).getByRole('button', { name: 'Try again' }).click();
  await expect(statusOf(page)).toHaveText('3 feeds added. 1 row could not be used.');

  await page.goto('/import');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Export as OPML' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tidings-\d{4}-\d\d-\d\d\.opml$/);
  const exported = await readFile(await download.path(), 'utf8');
  expect(exported).toContain('<outline text="Daily"');
  expect(exported).toContain(`text="My name for it" type="rss" xmlUrl="${site.origin}/one"`);

  // The same file again finds everything there.
  await importFile(page, exported);
  await expect(statusOf(page)).toHaveText('No new feeds added. All were there already.');
});

test('what is no list, or too much, is refused in a sentence', async ({ page }) => {
  await page.goto('/import');
  await importFile(page, '<!doctype html><html><body>Hello</body></html>', 'page.html');
  await expect(statusOf(page)).toHaveText('This is a web page, not a list of feeds.');
  await page.getByRole('link', { name: 'Choose another file' }).click();
  await importFile(page, Buffer.alloc(11_000_000, 'x'), 'large.opml');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/too large/);
  await importFile(page, '', 'nothing.opml');
  await expect(page.getByRole('main').getByRole('alert')).toHaveText(/has something in it/);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the page of an import looks again by itself', async ({ page, site }) => {
    site.serve('/one', { hang: true });
    await page.goto('/import');
    await importFile(page, `${site.origin}/one`, 'addresses.txt');
    await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(1);
    await expect.poll(() => site.count('/one')).toBe(1);
    site.release(writeRss('One', makeItems(1)));
    await expect(statusOf(page)).toHaveText('1 feed added.');
    await expect(rowsOf(page)).toContainText('One');
    await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(0);
  });
});
