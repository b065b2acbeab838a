import type { Request } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { addFeed, expect, feedIdOf, itemsOf, statusOf, test } from './support/test';

test('a slow feed shows how far it has come', async ({ page, site }) => {
  const body = writeRss('Slow', makeItems(40));
  site.serve('/feed', { hang: true });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await feedIdOf(page);

  await expect(statusOf(page)).toHaveText('Connecting');
  await expect(page.getByRole('list', { name: 'Steps' }).locator('[aria-current=step]')).toHaveText(
    'Connecting',
  );
  await expect(page.getByText(/^\d+ s$/)).toBeVisible();
  await expect(page.getByText(`${new URL(site.origin).host} has not answered yet.`)).toBeVisible();

  // The rest of the document comes in drops.
  site.serve('/feed', { body, drip: { bytes: Math.ceil(body.length / 8), everyMs: 500 } });
  site.release();
  await expect(statusOf(page)).toHaveText(/did not|broke|closed|cut/);
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(statusOf(page)).toHaveText('Downloading');
  await expect(itemsOf(page)).toHaveCount(40);
});

test('following a feed goes easy on the server', async ({ page, site }) => {
  site.serve('/feed', { hang: true });
  const polls: number[] = [];
  let open = 0;
  let overlapped = false;
  page.on('request', (request) => {
    if (!request.url().endsWith('/status')) return;
    polls.push(Date.now());
    open += 1;
    overlapped ||= open > 1;
  });
  const closed = (request: Request) => {
    if (request.url().endsWith('/status')) open -= 1;
  };
  page.on('requestfinished', closed);
  page.on('requestfailed', closed);
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await feedIdOf(page);
  await expect.poll(() => polls.length).toBeGreaterThan(3);
  const gaps = polls.slice(1).map((time, index) => time - (polls[index] ?? 0));
  expect(Math.min(...gaps)).toBeGreaterThan(900);
  expect(overlapped).toBe(false);

  site.release(writeRss('At last', makeItems(1)));
  await expect(itemsOf(page)).toHaveCount(1);
  const asked = polls.length;
  // Settled: a whole page view later nobody has asked again.
  await page.getByRole('link', { name: 'item-1' }).click();
  await expect(page.getByRole('link', { name: 'Read the original' })).toBeVisible();
  expect(polls.length).toBe(asked);
});

test('the page outlives errors of the server', async ({ page, site }) => {
  site.serve('/feed', { hang: true });
  let failures = 0;
  await page.route('**/api/feeds/*/status', (route) => {
    failures += 1;
    return failures <= 2 ? route.fulfill({ status: 500, body: 'broken' }) : route.continue();
  });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect.poll(() => failures).toBeGreaterThan(2);
  await expect(statusOf(page)).toHaveText('Connecting');
  site.release(writeRss('Survived', makeItems(3)));
  await expect(itemsOf(page)).toHaveCount(3);
});
