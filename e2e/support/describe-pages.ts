import type { BrowserContext, Page } from '@playwright/test';
import { query } from './query';
import type { Stack } from './stack';

/** A page that does not answer for so long says nothing. */
const PATIENCE_MS = 5000;
const MOST_REQUESTS = 30;

/** What a page says about itself: whether it is drawn, has the focus, and what it has not told the server. */
const LOOK = `(async () => {
  let frames = 0;
  const count = () => { frames += 1; requestAnimationFrame(count); };
  requestAnimationFrame(count);
  const locks = await navigator.locks?.query();
  await new Promise((done) => setTimeout(done, 1000));
  return {
    address: location.href,
    visible: document.visibilityState,
    focused: document.hasFocus(),
    active: document.activeElement?.outerHTML.slice(0, 120),
    framesInASecond: frames,
    waiting: Object.entries(localStorage).filter(([key]) => key.includes('deed')),
    locks,
    said: document.querySelector('.said')?.textContent,
  };
})()`;

/** Keeps what the pages of a context ask for, the latest last; what pages are built with is left out. */
export function watchRequests(context: BrowserContext): string[] {
  const lines: string[] = [];
  const began = Date.now();
  const note = (url: string, line: string) => {
    if (url.includes('/_next/static/')) return;
    lines.push(`${((Date.now() - began) / 1000).toFixed(2)} s ${line}`);
    if (lines.length > MOST_REQUESTS) lines.shift();
  };
  context.on('request', (request) => note(request.url(), `asked ${request.method()} ${request.url()}`));
  context.on('requestfailed', (request) =>
    note(request.url(), `failed ${request.url()} ${request.failure()?.errorText}`),
  );
  context.on('response', (response) =>
    note(response.url(), `answered ${response.status()} ${response.url()}`),
  );
  return lines;
}

async function describe(page: Page): Promise<string> {
  const silent = new Promise<string>((resolve) => setTimeout(resolve, PATIENCE_MS, 'does not answer'));
  const said = page.evaluate(LOOK).then((look) => JSON.stringify(look), String);
  return `${page.url()}: ${await Promise.race([said, silent])}`;
}

/**
 * @param requests from `watchRequests`.
 * @returns how pages and database are when a test has failed: where it runs elsewhere, what is printed is all there is.
 */
export async function describePages(
  context: BrowserContext,
  stack: Stack,
  requests: readonly string[],
): Promise<string> {
  const pages = await Promise.all(context.pages().map(describe));
  const sessions = await query(
    stack,
    `SELECT application_name, state, wait_event, now() - xact_start AS since, left(query, 200) AS query
     FROM pg_stat_activity WHERE datname = current_database() AND xact_start IS NOT NULL AND pid <> pg_backend_pid()`,
  ).catch(String);
  return [...pages, ...requests, `Transactions: ${JSON.stringify(sessions)}`].join('\n');
}
