import type { Browser } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { awaitLater } from './support/reading';
import { expect, follow, test } from './support/test';

/** What a page may load before anybody has touched it, packed. The framework alone is 123 of the 150 kB. */
const MOST_BYTES = 150_000;

/** Up to where the page has nothing else to do: what comes then is for later. */
const SCRIPTS = `performance.getEntriesByType('resource')
  .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
  .filter(({ startTime }) => startTime < (performance.getEntriesByName('tidings.later')[0]?.startTime ?? Infinity))
  .map(({ name, encodedBodySize }) => [new URL(name).pathname, encodedBodySize])`;

/** Opens a page as somebody who has never been here. */
async function weighScripts(browser: Browser, address: string): Promise<number> {
  const context = await browser.newContext({ extraHTTPHeaders: { 'accept-encoding': 'gzip' } });
  const page = await context.newPage();
  await page.goto(address, { waitUntil: 'load' });
  await awaitLater(page);
  const scripts = (await page.evaluate(SCRIPTS)) as [path: string, bytes: number][];
  await context.close();
  expect(scripts.length).toBeGreaterThan(4);
  for (const [path, bytes] of scripts) expect(bytes, path).toBeGreaterThan(0);
  return scripts.reduce((sum, [, bytes]) => sum + bytes, 0);
}

test('a first visit loads little script', async ({ page, site, browser, baseURL }) => {
  await page.goto('/');
  const empty = await weighScripts(browser, `${baseURL}/`);
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  const feedId = await follow(page, `${site.origin}/feed`);
  await page.goto(`/feeds/${feedId}`);
  const link = page.locator('a[data-open]').first();
  const itemId = await link.getAttribute('data-open');
  const weights: Record<string, number> = { 'the start': empty };
  for (const path of ['/', `/feeds/${feedId}`, `/?item=${itemId}`, `/items/${itemId}`, '/settings'])
    weights[path] = await weighScripts(browser, `${baseURL}${path}`);
  for (const [path, bytes] of Object.entries(weights)) {
    test.info().annotations.push({ type: path, description: `${bytes} bytes` });
    expect.soft(bytes, path).toBeLessThan(MOST_BYTES);
  }
});
