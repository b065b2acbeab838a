import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { expect, follow, test } from './support/test';

/** Every page of the build, so that none is forgotten: `/feeds/[id]` and the like. */
function listPages(): string[] {
  const routes: Record<string, string> = JSON.parse(
    readFileSync('.next/app-path-routes-manifest.json', 'utf8'),
  );
  const pages = Object.entries(routes).filter(([file]) => file.endsWith('/page'));
  return pages.map(([, route]) => route).filter((route) => !route.startsWith('/_'));
}

/** Collects what the browser had to refuse, and what it complained about. */
async function watchViolations(page: Page): Promise<string[]> {
  const seen: string[] = [];
  await page.exposeFunction('tellViolation', (what: string) => seen.push(what));
  await page.addInitScript(`document.addEventListener('securitypolicyviolation', (event) =>
    tellViolation(event.effectiveDirective + ' ' + event.blockedURI + ' ' + event.sample + ' on ' + location.pathname))`);
  page.on('console', (message) => {
    const isAskedFor = /404 \(Not Found\)|'allowfullscreen'/.test(message.text());
    if (['error', 'warning'].includes(message.type()) && !isAskedFor)
      seen.push(`${message.text()} on ${page.url()}`);
  });
  return seen;
}

const CONTENT = `<p style="color:red">Text <img src="https://pictures.example/a.png" alt="a"></p>
<iframe src="https://www.youtube.com/embed/x"></iframe><img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw==" alt="b">
<audio src="https://sounds.example/a.mp3"></audio><img src="http://pictures.example/b.png" alt="c">`;

test('no page does what its policy forbids', async ({ page, site }) => {
  test.slow();
  const seen = await watchViolations(page);
  await page.context().route(/\.example\/|youtube/, (route) => route.fulfill({ status: 200, body: '' }));
  site.serve('/feed', {
    body: writeRss('Policy', [{ guid: 'all', title: 'Shows all', content: CONTENT }, ...makeItems(60)]),
  });
  const feedId = await follow(page, `${site.origin}/feed`);
  await page.goto(`/feeds/${feedId}`);
  // By a click, as a script brings it into the page; later as the server sends it.
  await page.getByRole('main').getByRole('link', { name: 'Unread: Shows all', exact: true }).click();
  await page.waitForURL(/\?item=\d+/);
  const itemId = new URL(page.url()).searchParams.get('item') ?? '';
  await expect(page.locator('.article')).toBeVisible();
  const ids: Record<string, string> = { feeds: String(feedId), items: itemId };
  for (const route of [...listPages(), '/none', '/feeds/4711', '/?unread=0']) {
    const path = route.replace(/\/(\w+)\/\[\w+\]/g, (_all, kind: string) => `/${kind}/${ids[kind] ?? '1'}`);
    await page.goto(path);
    await page.waitForLoadState('networkidle');
    await expect(page.getByRole('heading').first()).toBeVisible();
  }
  expect(seen).toEqual([]);
});

/** As if the sanitiser had let everything through. */
const INJECTED = `<script>ran('inline')</script><img src="/none.png" onerror="ran('handler')">
<a id="bait" href="javascript:ran('address')">bait</a><iframe srcdoc="<script>parent.ran('frame')</script>"></iframe>
<script src="/icon.svg"></script><base href="https://evil.example/"><form action="https://evil.example/"><button>send</button></form>
<style>main { display: none }</style><object data="/healthz"></object>
<iframe src="https://evil.example/"></iframe>`;

test('what is injected into a page does not run', async ({ page, site, stack }) => {
  const ran: string[] = [];
  const left: string[] = [];
  await page.exposeFunction('ran', (what: string) => ran.push(what));
  await page.context().route(/evil/, (route) => {
    left.push(route.request().url());
    return route.fulfill({ status: 200, body: '' });
  });
  site.serve('/feed', { body: writeRss('Injected', makeItems(1)) });
  await follow(page, `${site.origin}/feed`);
  const [item] = (await query(stack, 'UPDATE items SET html = $1 RETURNING id', [INJECTED])) as {
    id: number;
  }[];
  const blocked: string[] = [];
  // What was refused is the point here: nothing else may be.
  const other = await page.context().newPage();
  await other.exposeFunction('ran', (what: string) => ran.push(what));
  await other.exposeFunction('tellViolation', (what: string) => blocked.push(what));
  await other.addInitScript(
    "document.addEventListener('securitypolicyviolation', (event) => tellViolation(event.effectiveDirective))",
  );
  await other.goto(`/items/${item?.id}`);
  await expect(other.getByRole('main')).toBeVisible();
  await other.locator('#bait').click({ noWaitAfter: true });
  await other.getByRole('button', { name: 'send' }).click({ noWaitAfter: true });
  // An article's own frames are held back until somebody clicks them.
  await other.evaluate(() => {
    const frame = document.createElement('iframe');
    frame.src = 'https://evil.example/';
    document.body.append(frame);
  });
  await expect
    .poll(() => [...new Set(blocked)].sort())
    .toEqual([
      'base-uri',
      'form-action',
      'frame-src',
      'object-src',
      'script-src-attr',
      'script-src-elem',
      'style-src-elem',
    ]);
  // And what a script of ours could be brought to do.
  const tried = await other.evaluate(() => {
    const outcomes: Record<string, string> = {};
    const attempt = (name: string, act: () => void) => {
      try {
        act();
        outcomes[name] = 'done';
      } catch (error) {
        outcomes[name] = (error as Error).name;
      }
    };
    const script = document.createElement('script');
    attempt('text', () => {
      script.text = "ran('text')";
    });
    attempt('address', () => {
      script.src = 'https://evil.example/x.js';
    });
    attempt('address of ours that is no script', () => {
      script.src = '/icons/1/32';
    });
    document.head.append(script);
    return outcomes;
  });
  expect(tried).toEqual({
    text: 'TypeError',
    address: 'TypeError',
    'address of ours that is no script': 'TypeError',
  });
  expect(ran).toEqual([]);
  expect(left).toEqual([]);
  await other.close();
});
