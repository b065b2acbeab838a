import type { Page } from '@playwright/test';
import { expect, follow, test } from './support/test';
import { atomFeed, jsonFeed, linkFeed, rssFeed, xhtmlFeed } from './support/xss-feeds';
import { findDanger, provoke, watchForXss } from './support/xss-watch';

const FEEDS: [name: string, body: string, contentType: string][] = [
  ['RSS', rssFeed, 'application/rss+xml'],
  ['Atom', atomFeed, 'application/atom+xml'],
  ['Atom with XHTML', xhtmlFeed, 'application/atom+xml'],
  ['JSON Feed', jsonFeed, 'application/feed+json'],
  ['links and files', linkFeed, 'application/rss+xml'],
];
/** Links that are really clicked in each feed; all of them have their address looked at. */
const CLICKS = 3;
/** Tabs that look at items at the same time: most of a page's time is waiting for the other side. */
const TABS = 3;

/** The addresses of the items on a feed's page. */
async function itemsOf(page: Page): Promise<string[]> {
  const links = page.getByRole('main').locator('a[href^="/items/"]');
  await expect(links.first()).toBeVisible();
  const hrefs = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  return [...new Set(hrefs)];
}

/** Clicks on links that lead out, in the text and around it. */
async function clickLinks(page: Page): Promise<void> {
  const links = page.locator('main article a[href]:not([href^="/"]):visible');
  for (let index = 0; index < Math.min(CLICKS, await links.count()); index += 1)
    await links.nth(index).click({ noWaitAfter: true, timeout: 5000 });
}

test('no payload runs', async ({ page, site, baseURL }) => {
  // Some seventy pages; a second or more each where the machine is busy.
  test.slow();
  const seen = await watchForXss(page.context(), baseURL ?? '');
  const danger: string[] = [];
  const look = async (tab: Page = page) => {
    danger.push(...(await findDanger(tab)).map((what) => `${what} on ${tab.url()}`));
    await provoke(tab);
  };
  const check = () => {
    expect(seen, 'what ran').toEqual([]);
    expect(danger, 'what could run').toEqual([]);
  };
  const tabs = [page];
  while (tabs.length < TABS) tabs.push(await page.context().newPage());
  let read = 0;
  const lookAt = async (items: readonly string[]) => {
    const left = [...items];
    const readOn = async (tab: Page) => {
      for (let item = left.shift(); item; item = left.shift()) {
        await tab.goto(item);
        await look(tab);
        read += 1;
      }
    };
    await Promise.all(tabs.map(readOn));
  };
  for (const [index, [name, body, contentType]] of FEEDS.entries()) {
    await test.step(name, async () => {
      site.serve(`/${index}`, { body, contentType });
      await page.goto(`/feeds/${await follow(page, `${site.origin}/${index}`)}`);
      const items = await itemsOf(page);
      await look();
      // One as a script brings it into the page, the others as the server sends them.
      await page.locator(`main a[href="${items[0]}"]`).first().click();
      await page.waitForURL(`**?item=${items[0]?.split('/').at(-1)}`);
      await look();
      await lookAt(items);
      check();
      await page.goto(items[0] ?? '');
      await clickLinks(page);
      check();
    });
  }
  await page.goto('/');
  await look();
  check();
  expect(read).toBeGreaterThan(60);
});
