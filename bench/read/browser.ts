import { readFile } from 'node:fs/promises';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright';
import { launchOptions } from '../../e2e/support/browser';
import { printTable, summarise } from '../support/figures';

/** So many first visits, steps from article to article, and items to scroll by. */
const VISITS = 7;
const STEPS = 60;
const SCROLLED = 10_000;
/** A browser that draws nothing for so long has stopped drawing the page. */
const STALL_MS = 10_000;

const LAPTOP: BrowserContextOptions = { viewport: { width: 1280, height: 800 } };

/** What a page takes down about itself, as Web Vitals count it. */
const WATCH = `
  window.seen = { lcp: 0, shifted: 0, slow: [] };
  const watch = (type, take, options) => new PerformanceObserver((list) => list.getEntries().forEach(take))
    .observe({ type, buffered: true, ...options });
  watch('largest-contentful-paint', (entry) => { window.seen.lcp = entry.startTime; });
  watch('layout-shift', (entry) => { if (!entry.hadRecentInput) window.seen.shifted += entry.value; });
  watch('event', (entry) => { if (entry.interactionId) window.seen.slow.push(entry.duration); }, { durationThreshold: 16 });`;

interface Seen {
  lcp: number;
  shifted: number;
  /** How long each interaction took that took 16 ms or more. */
  slow: number[];
}

const readSeen = (page: Page) => page.evaluate('window.seen') as Promise<Seen>;

const SCRIPT_BYTES = `performance.getEntriesByType('resource')
  .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
  .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;

async function withPage<Result>(
  browser: Browser,
  work: (page: Page) => Promise<Result>,
  options: BrowserContextOptions = {},
): Promise<Result> {
  const context = await browser.newContext({ ...LAPTOP, ...options });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  try {
    return await work(page);
  } finally {
    await context.close();
  }
}

async function visit(page: Page, address: string): Promise<number> {
  await page.goto(address, { waitUntil: 'networkidle' });
  return (await page.evaluate(SCRIPT_BYTES)) as number;
}

/** First visits: what is loaded, when it is seen, and how far it moves. */
async function measureVisits(browser: Browser, origin: string, itemId: number): Promise<void> {
  const rows = [];
  for (const path of ['/', `/?item=${itemId}`, `/items/${itemId}`]) {
    const gzip = { extraHTTPHeaders: { 'accept-encoding': 'gzip' } };
    const bytes = await withPage(browser, (page) => visit(page, origin + path), gzip);
    const brotli = await withPage(browser, (page) => visit(page, origin + path));
    const seen: Seen[] = [];
    for (let round = 0; round < VISITS; round += 1) {
      seen.push(
        await withPage(browser, async (page) => {
          await visit(page, origin + path);
          return readSeen(page);
        }),
      );
    }
    const { p50, max } = summarise(seen.map(({ lcp }) => lcp));
    rows.push({
      what: path.replace(String(itemId), 'ID'),
      'script bytes, gzip': bytes,
      'as asked for': brotli,
      'LCP p50 ms': p50,
      'LCP max ms': max,
      CLS: Math.max(...seen.map(({ shifted }) => shifted)).toFixed(3),
    });
  }
  printTable('A first visit, in Chromium', rows);
}

/** From a key to the frame that shows the next article. */
const TIME_STEPS = `
  window.steps = [];
  let begun = 0;
  addEventListener('keydown', (event) => { begun = event.timeStamp; }, true);
  const title = () => document.querySelector('.article-pane .article')?.parentElement?.querySelector('h1')?.textContent;
  let shown = title();
  new MutationObserver(() => {
    const now = title();
    if (now === undefined || now === shown || begun === 0) return;
    shown = now;
    const from = begun;
    begun = 0;
    requestAnimationFrame(() => { const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => window.steps.push(performance.now() - from); port2.postMessage(0); });
  }).observe(document.querySelector('.reader'), { childList: true, subtree: true, characterData: true });`;

const untilSteps = (count: number) => `new Promise((resolve) => {
  const look = () => (window.steps.length >= ${count} ? resolve() : requestAnimationFrame(look));
  look();
})`;

async function measureSteps(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/all`, { waitUntil: 'networkidle' });
  await page.evaluate(TIME_STEPS);
  for (let step = 1; step <= STEPS; step += 1) {
    await page.keyboard.press('j');
    await page.evaluate(untilSteps(step));
  }
  const times = (await page.evaluate('window.steps')) as number[];
  const { slow } = await readSeen(page);
  const [first = 0, ...others] = times;
  const { p50, p99, max } = summarise(others);
  const worst = slow.length === 0 ? 'under 16' : summarise(slow).p99;
  printTable(`${STEPS} articles one after the other, by the key j`, [
    {
      what: 'the first, which loads what shows articles',
      'p50 ms': Math.round(first),
      'p99 ms': '',
      'max ms': '',
    },
    { what: 'from the key to the frame with the next', 'p50 ms': p50, 'p99 ms': p99, 'max ms': max },
    { what: 'INP (98 of 100 interactions)', 'p50 ms': '', 'p99 ms': worst, 'max ms': '' },
  ]);
}

/** Scrolls a screen and a half each frame, and takes down how long frames take; gives up where no more come. */
const SCROLL = (rows: number) => `new Promise((resolve) => {
  const list = document.querySelector('.list-scroll');
  const frames = [];
  const ids = new Set();
  let last = performance.now();
  let still = 0;
  const end = (stalled) => {
    clearInterval(watch);
    resolve({ frames: frames.slice(1), items: ids.size, stalled });
  };
  const watch = setInterval(() => performance.now() - last > ${STALL_MS} && end(true), 1000);
  const frame = (now) => {
    frames.push(now - last);
    last = now;
    for (const row of list.querySelectorAll('[data-item]')) ids.add(row.dataset.item);
    const before = list.scrollTop;
    list.scrollTop += 400;
    still = list.scrollTop === before ? still + 1 : 0;
    if (ids.size >= ${rows} || still > 600) end(false);
    else requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})`;

/**
 * What the process of the page holds on Linux, in MB: its own share of memory now, and the most that was resident at
 * once, with what it shares with other processes.
 */
async function readMemory(browser: Browser): Promise<{ own: number; peak: number } | null> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[];
  };
  await session.detach();
  const sizes = await Promise.all(
    processInfo
      .filter(({ type }) => type === 'renderer')
      .map(async ({ id }) => {
        const read = async (file: string, name: string) => {
          const text = await readFile(`/proc/${id}/${file}`, 'utf8').catch(() => '');
          return Math.round(
            (Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0) * 1024) / 1e6,
          );
        };
        return { own: await read('smaps_rollup', 'Pss'), peak: await read('status', 'VmHWM') };
      }),
  );
  return sizes.sort((a, b) => b.peak - a.peak)[0] ?? null;
}

async function measureScrolling(browser: Browser, page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/all`, { waitUntil: 'networkidle' });
  const { frames, items, stalled } = (await page.evaluate(SCROLL(SCROLLED))) as {
    frames: number[];
    items: number;
    stalled: boolean;
  };
  if (stalled) process.stdout.write(`\nAfter ${items} items, no frame came for ${STALL_MS / 1000} s.\n`);
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    const { usedSize } = (await session.send('Runtime.getHeapUsage')) as { usedSize: number };
    return Math.round(usedSize / 1_000_000);
  };
  const before = await heap();
  const memory = await readMemory(browser);
  await session.send('HeapProfiler.collectGarbage');
  const rows = await page.locator('[data-item]').count();
  const { p50, p99, max } = summarise(frames);
  printTable(`${items.toLocaleString('en')} items scrolled`, [
    {
      'frames p50 ms': p50,
      'p99 ms': p99,
      'max ms': max,
      'over 50 ms': `${frames.filter((time) => time > 50).length} of ${frames.length}`,
      'heap MB': before,
      'after collection': await heap(),
      'process MB': memory?.own ?? '',
      'at most, with what is shared': memory?.peak ?? '',
      'rows in the page': rows,
    },
  ]);
}

/** What a reader feels, in a real browser. */
export async function measureBrowser(origin: string, itemId: number): Promise<void> {
  const browser = await chromium.launch(launchOptions);
  try {
    await measureVisits(browser, origin, itemId);
    await withPage(browser, (page) => measureSteps(page, origin));
    await withPage(browser, (page) => measureScrolling(browser, page, origin));
  } finally {
    await browser.close();
  }
}
