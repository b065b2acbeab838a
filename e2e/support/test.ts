import { type APIRequestContext, test as base, expect, type Page } from '@playwright/test';
import { type FeedServer, startFeedServer } from '../../test/support/feed-server';
import { describePages, watchRequests } from './describe-pages';
import { sendForm } from './send-form';
import { type Stack, startStack } from './stack';

interface Fixtures {
  /** A site of its own for each test, which behaves as it is told. */
  site: FeedServer;
  /** Whether a worker runs when the test begins. */
  withWorker: boolean;
}

/** What is attached to a test that fails: the summary of `npm test` prints it at its end. */
const PAGES = 'pages';

let sites = 0;

/** A test with an empty Tidings, a worker, and a site to read. */
export const test = base.extend<Fixtures, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what is needed
    async ({}, use) => {
      const stack = await startStack();
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  page: async ({ page, context, stack }, use, info) => {
    const requests = watchRequests(context);
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      // What a test breaks on purpose is reported under this name.
      const expected = message.text().startsWith('Failed to load resource');
      if (message.type() === 'error' && !expected) errors.push(message.text());
    });
    await use(page);
    if (info.status !== info.expectedStatus)
      await info.attach(PAGES, {
        body: await describePages(context, stack, requests),
        contentType: 'text/plain',
      });
    expect(errors, 'errors in the browser').toEqual([]);
  },
  withWorker: [true, { option: true }],
  baseURL: async ({ stack, withWorker }, use) => {
    await stack.empty();
    if (withWorker) await stack.ensureWorker();
    else await stack.stopWorker();
    await use(stack.url);
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  site: async ({}, use) => {
    // Each its own host: how long one has to wait for another is not what these tests are about.
    sites += 1;
    const site = await startFeedServer(`127.0.0.${1 + (sites % 250)}`);
    await use(site);
    await site.close();
  },
});

export { expect };

/** Types an address into the form and sends it. */
export async function addFeed(page: Page, address: string): Promise<void> {
  await page.getByLabel('Feed or site address').fill(address);
  await page.getByRole('main').getByRole('button', { name: 'Add feed' }).click();
}

/** What a feed's page says about its state. */
export const statusOf = (page: Page) => page.getByRole('main').getByRole('status');

/** The titles of the items on a page. */
export const itemsOf = (page: Page) => page.getByRole('main').getByRole('listitem').getByRole('heading');

/** @returns the id in the address of a feed's page. */
export async function feedIdOf(page: Page): Promise<number> {
  await page.waitForURL(/\/feeds\/\d+$/);
  return Number(new URL(page.url()).pathname.split('/').at(-1));
}

/** What the polled status of a feed is. */
export async function askStatus(request: APIRequestContext, feedId: number) {
  const response = await request.get(`/api/feeds/${feedId}/status`);
  return { code: response.status(), headers: response.headers(), body: await response.json() };
}

/** Follows a feed without pages, and waits until it has been read. @returns the feed's id. */
export async function follow({ request }: Page, address: string): Promise<number> {
  const answer = await sendForm(request, '/feeds/new', { address });
  const feedId = Number(/\/feeds\/(\d+)$/.exec(answer.headers().location ?? '')?.[1]);
  expect(feedId, `the page that a browser is sent to (${answer.status()})`).toBeGreaterThan(0);
  await expect(async () => {
    const { body } = await askStatus(request, feedId);
    expect(body.status).toBe('ready');
  }).toPass({ intervals: [50] });
  return feedId;
}

/** Begins to add up how far things on a page move without anybody touching them. */
export async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(`
    window.shifted = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifted += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });`);
}

/** Begins anew, once what a person has asked for is on the screen: going to another page is no shift. */
export async function forgetShifts(page: Page): Promise<void> {
  await page.evaluate(`new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => { window.shifted = 0; done(); })));
  })`);
}

/** What it has come to, as Cumulative Layout Shift counts. */
export const SHIFTED = 'window.shifted';
