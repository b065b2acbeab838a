import type { Page } from '@playwright/test';
import type { FeedServer } from '../test/support/feed-server';
import { writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { openTitle } from './support/reading';
import type { Stack } from './support/stack';
import { expect, follow, test } from './support/test';

const SENTENCE = 'The tide comes in twice a day, and nobody on the quay looks at a clock, or asks why. ';
const PAGE = {
  body: `<!doctype html><html><head><title>Ebb</title></head><body><nav><a href="/">Home</a></nav>
    <article><h1>Ebb</h1>${`<p>${SENTENCE.repeat(5)}</p>`.repeat(4)}<script>xss()</script></article></body></html>`,
  contentType: 'text/html',
};

/** The text of the open article, and what is said about it. */
const textOf = (page: Page) => page.locator('.article-pane .article');
const noteOf = (page: Page) => page.getByRole('status', { name: 'Full text' });

/** Follows a feed that brings excerpts of two items, and opens the first. */
async function open(page: Page, site: FeedServer): Promise<number> {
  const items = ['ebb', 'flood'].map((guid, hours) => ({
    guid,
    date: new Date(Date.UTC(2026, 0, 2) - hours * 3_600_000),
    content: `<p>An excerpt of ${guid}</p>`,
  }));
  site.serve('/feed', {
    body: writeRss('Tides', items).replaceAll('https://example.org/', `${site.origin}/`),
  });
  const feedId = await follow(page, `${site.origin}/feed`);
  await page.goto(`/feeds/${feedId}`);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('ebb');
  await expect(textOf(page)).toContainText('An excerpt of ebb');
  return feedId;
}

test('a key brings the full text once a worker has it, and the feed’s again', async ({
  page,
  site,
  stack,
}) => {
  await open(page, site);
  site.serve('/ebb', PAGE);
  await stack.stopWorker();
  await page.keyboard.press('d');
  await expect(noteOf(page)).toContainText('Fetching the full text');
  await expect(textOf(page)).toContainText('An excerpt of ebb');
  // Nothing but a row says that somebody waits.
  await stack.ensureWorker();
  await expect(noteOf(page)).toContainText('The text of its own page');
  await expect(textOf(page)).toContainText('nobody on the quay');
  await expect(page.getByText(/^\d min to read/)).toBeVisible();
  await page.keyboard.press('d');
  await expect(textOf(page)).toHaveText('An excerpt of ebb');
  await expect(noteOf(page)).toBeEmpty();

  // It is kept: nobody asks the page again.
  await page.reload();
  await page.getByRole('button', { name: 'Show the full text' }).click();
  await expect(textOf(page)).toContainText('nobody on the quay');
  expect(site.count('/ebb')).toBe(1);
  await page.keyboard.press('j');
  await expect(textOf(page)).toHaveText('An excerpt of flood');
});

test('what cannot be had says why, and may be tried again', async ({ page, site, stack }) => {
  await open(page, site);
  await page.getByRole('button', { name: 'More for this article' }).click();
  await page.getByRole('button', { name: 'Show the full text' }).last().click();
  await expect(noteOf(page)).toContainText('There is nothing at this address (404).');
  await expect(textOf(page)).toHaveText('An excerpt of ebb');
  site.serve('/ebb', PAGE);
  await query(stack, "UPDATE full_texts SET settled_at = settled_at - interval '10 seconds'");
  await noteOf(page).getByRole('button', { name: 'Try again' }).click();
  await expect(textOf(page)).toContainText('nobody on the quay');
});

test('a feed can have its items with the full text always', async ({ page, site }) => {
  const feedId = await open(page, site);
  site.serve('/ebb', PAGE);
  await page.goto(`/feeds/${feedId}/settings`);
  await page.getByLabel('Show its items with').selectOption({ label: 'the full text of their pages' });
  await page.getByRole('main').getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await expect(page.getByLabel('Show its items with')).toHaveValue('full');
  await page.goto('/all');
  await page.keyboard.press('j');
  await expect(textOf(page)).toContainText('nobody on the quay');
  // The other has no page: that is said, and not asked for again by itself.
  await page.keyboard.press('j');
  await expect(noteOf(page)).toContainText('There is nothing at this address (404).');
  await expect(textOf(page)).toHaveText('An excerpt of flood');
  await page.reload();
  await expect(noteOf(page)).toContainText('There is nothing at this address (404).');
  expect(site.count('/flood')).toBe(1);
});

/** The text on a page of its own. */
const wholeText = (page: Page) => page.getByRole('main').locator('.article');

/** The address of an item by its title. */
async function addressOf(stack: Stack, title: string): Promise<string> {
  const rows = await query(stack, 'SELECT id FROM items WHERE title = $1 ORDER BY id DESC LIMIT 1', [title]);
  return `/items/${(rows as { id: string }[])[0]?.id}`;
}

test('an article by itself has its full text by the same key, and by a button', async ({
  page,
  site,
  stack,
}) => {
  await open(page, site);
  site.serve('/ebb', PAGE);
  await page.goto(await addressOf(stack, 'ebb'));
  await expect(wholeText(page)).toHaveText('An excerpt of ebb');
  await page.keyboard.press('d');
  await expect(noteOf(page)).toContainText('The text of its own page');
  await expect(wholeText(page)).toContainText('nobody on the quay');
  await page.getByRole('button', { name: 'Show the feed’s' }).click();
  await expect(wholeText(page)).toHaveText('An excerpt of ebb');
  // What is chosen stays while the item is marked by a form, which shows the page anew.
  await page.getByRole('button', { name: 'Star', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Remove the star' })).toBeVisible();
  await expect(wholeText(page)).toHaveText('An excerpt of ebb');
  await page.getByRole('button', { name: 'Show the full text' }).click();
  await expect(wholeText(page)).toContainText('nobody on the quay');
  expect(site.count('/ebb')).toBe(1);
  // Its other keys.
  await page.keyboard.press('s');
  await expect(page.getByRole('button', { name: 'Star', exact: true })).toBeVisible();

  await page.goto(await addressOf(stack, 'flood'));
  await page.keyboard.press('d');
  await expect(noteOf(page)).toContainText('There is nothing at this address (404).');
  await expect(wholeText(page)).toHaveText('An excerpt of flood');
});

test('of a feed with full texts, the page of an article is written with it', async ({
  page,
  site,
  stack,
  browser,
}) => {
  const feedId = await open(page, site);
  site.serve('/ebb', PAGE);
  await query(stack, `UPDATE subscriptions SET full_text = true WHERE feed_id = ${feedId}`);
  const address = await addressOf(stack, 'ebb');
  await page.goto(address);
  await expect(wholeText(page)).toContainText('nobody on the quay');
  await page.keyboard.press('d');
  await expect(wholeText(page)).toHaveText('An excerpt of ebb');
  const written = await (await page.request.get(address)).text();
  expect(written).toContain('nobody on the quay');
  const plain = await browser.newContext({ javaScriptEnabled: false, baseURL: stack.url });
  const other = await plain.newPage();
  await other.goto(address);
  await expect(wholeText(other)).toContainText('nobody on the quay');
  await other.getByRole('button', { name: 'Show the feed’s' }).click();
  await expect(wholeText(other)).toHaveText('An excerpt of ebb');
  await plain.close();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the full text is asked for by a form, and the page looks again until it is there', async ({
    page,
    site,
    stack,
  }) => {
    site.serve('/feed', {
      body: writeRss('Tides', [{ guid: 'ebb', content: '<p>An excerpt of ebb</p>' }]).replaceAll(
        'https://example.org/',
        `${site.origin}/`,
      ),
    });
    await follow(page, `${site.origin}/feed`);
    const address = await addressOf(stack, 'ebb');
    await page.goto(address);
    await page.getByRole('button', { name: 'Show the full text' }).click();
    await expect(noteOf(page)).toContainText(
      'There is no full text. There is nothing at this address (404).',
    );
    await expect(wholeText(page)).toHaveText('An excerpt of ebb');

    site.serve('/ebb', { hang: true });
    await query(stack, "UPDATE full_texts SET settled_at = settled_at - interval '10 seconds'");
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(noteOf(page)).toContainText('Fetching the full text');
    await expect.poll(() => site.count('/ebb')).toBe(2);
    site.release(PAGE.body, PAGE.contentType);
    await expect(noteOf(page)).toContainText('The text of its own page');
    await expect(wholeText(page)).toContainText('nobody on the quay');
    await expect(page.locator('meta[http-equiv=refresh]')).toHaveCount(0);
    await page.getByRole('button', { name: 'Star', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Remove the star' })).toBeVisible();
    await expect(wholeText(page)).toContainText('nobody on the quay');
    await page.getByRole('button', { name: 'Show the feed’s' }).click();
    await expect(wholeText(page)).toHaveText('An excerpt of ebb');
  });
});
