import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import sharp from 'sharp';
import { eventually } from '../test/support/eventually';
import { type FeedServer, makeItems, startFeedServer, writeRss } from '../test/support/feed-server';
import { startOidcProvider } from '../test/support/oidc-provider';
import { addLink, makeAccount, PASSWORD, setUpMember, startAccountStack } from './support/accounts';
import { launchOptions } from './support/browser';
import setup from './support/global-setup';
import { PASSING, PASSING_ENDS, scrollFar, type View } from './support/passing-views';
import { query } from './support/query';
import { WADERS, writeShowcase } from './support/showcase';
import { type Stack, startStack } from './support/stack';
import { addFeed, feedIdOf, itemsOf, statusOf } from './support/test';

/** `npm run screenshots`: every page in every state, for looking at; the best of them for the README. */

/** Not among the results of tests, which the next tests throw away. */
const ALL = '.screenshots';
const BEST = 'docs/screenshots';

const SCREENS = {
  phone: { width: 390, height: 844 },
  laptop: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
};

/** Between two panes and three: what is looked at in this width too. */
const MIDDLE = { width: 1000, height: 800 };
const IN_MIDDLE = new Set(['unread', 'article', 'search']);

/** Which of them the README shows: taken before there is what only some machines have fonts for. */
const CHOSEN = new Set(['article-laptop-light', 'unread-phone-light', 'article-phone-dark']);

/** `npm run screenshots -- article unread`: only these, where some are named. */
const WANTED = process.argv.slice(2);

/** A worker is given up after so long; pages ask a little later. */
const LATEST_LINE_MS = 60_000;

/** Pages by name, as they are found out. */
type Views = Map<string, View>;
/** The cookies of somebody. */
type SignedIn = Awaited<ReturnType<BrowserContext['storageState']>>;

async function addAndWait(page: Page, url: string, address: string, settled: (page: Page) => Promise<void>) {
  await page.goto(`${url}/feeds/new`);
  await addFeed(page, address);
  await feedIdOf(page);
  await settled(page);
  return new URL(page.url()).pathname;
}

const withItems = (page: Page) => itemsOf(page).first().waitFor();
const withStatus = (text: RegExp) => (page: Page) => statusOf(page).filter({ hasText: text }).waitFor();

/** What is there to begin with. */
const USUAL: [name: string, view: View][] = [
  ['unread', '/unread'],
  ['starred', '/starred'],
  ['settings', '/settings'],
  ['add', '/feeds/new?url=https%3A%2F%2Fexample.org%2Fblog'],
  ['missing', '/feeds/999999'],
  ['feeds', '/feeds'],
  ['folder', '/folders/1'],
  ['folders', '/folders'],
  ['help', { path: '/unread', prepare: openHelp }],
];

async function openHelp(page: Page): Promise<void> {
  await page.keyboard.press('?');
  await page.getByRole('dialog').waitFor();
}

/** Adds what there is to read: what is usual, or what is odd. */
async function addFeeds(page: Page, stack: Stack, site: FeedServer, odd: boolean): Promise<Views> {
  const views: Views = new Map(odd ? [] : USUAL);
  for (const { path, document, folder } of writeShowcase(Date.now()).filter(({ isOdd }) => isOdd === odd)) {
    site.serve(path, { body: document });
    const name = path.slice(1);
    const feed = await addAndWait(page, stack.url, site.origin + path, withItems);
    views.set(`feed-${name}`, feed);
    const item = await itemsOf(page).first().getByRole('link').getAttribute('data-open');
    if (name === 'tidewatch') {
      views.set('article', `/all?item=${item}`);
      views.set('item', `/items/${item}`);
    } else views.set(`article-${name}`, `${feed}?item=${item}`);
    if (folder !== null) await putIntoFolder(stack, feed, folder);
  }
  return views;
}

/** Folders are made here as their page makes them. */
async function putIntoFolder(stack: Stack, feedPath: string, name: string): Promise<void> {
  await query(
    stack,
    `WITH made AS (
       INSERT INTO folders (user_id, name, position) SELECT id, $1, (SELECT count(*) FROM folders) FROM users LIMIT 1
       ON CONFLICT (user_id, name) DO UPDATE SET name = EXCLUDED.name RETURNING id)
     UPDATE subscriptions SET folder_id = made.id FROM made WHERE feed_id = $2`,
    [name, Number(feedPath.split('/').at(-1))],
  );
}

/** Breaks some feeds, and adds one that never ends. */
async function addTrouble(page: Page, stack: Stack, site: FeedServer): Promise<Views> {
  const views: Views = new Map();
  for (const [name, status] of [
    ['failing', 503],
    ['gone', 410],
  ] as const) {
    site.serve(`/${name}`, { body: writeRss('The Night Ferry', makeItems(3)) });
    views.set(name, await addAndWait(page, stack.url, `${site.origin}/${name}`, withItems));
    site.serve(`/${name}`, { status });
    await page.getByText('About this feed').click();
    await page.getByRole('button', { name: 'Try now' }).click();
    await page.getByRole('button', { name: name === 'gone' ? 'Unsubscribe' : 'Try now' }).waitFor();
    await withStatus(/503|gone/)(page);
  }
  site.serve('/failing-at-once', { status: 404 });
  site.serve('/slow', { hang: true });
  views.set(
    'failing-at-once',
    await addAndWait(page, stack.url, `${site.origin}/failing-at-once`, withStatus(/404/)),
  );
  views.set('feeds-failing', '/feeds?show=failing');
  views.set('history', `${views.get('failing')}?about=1&fetches=newest#history`);
  views.set('fetching', await addAndWait(page, stack.url, `${site.origin}/slow`, withStatus(/Connecting/)));
  return views;
}

/** Stars what there is, waits until it can be searched, and brings a list of feeds: some new, some not, some no feeds. */
async function addTraces(page: Page, stack: Stack, site: FeedServer): Promise<Views> {
  await query(
    stack,
    `INSERT INTO item_states (user_id, item_id, starred_at)
     SELECT u.id, i.id, now() FROM users u, (SELECT id FROM items ORDER BY sort_at DESC LIMIT 7) i
     ON CONFLICT (user_id, item_id) DO UPDATE SET starred_at = now()`,
  );
  const search = '/search?q=the';
  await eventually(async () => {
    await page.goto(stack.url + search);
    return (await page.getByRole('list', { name: 'Found items' }).getByRole('listitem').count()) > 5 || null;
  }, 'found items');
  site.serve('/gazette', { body: writeRss('The Ebb Gazette', makeItems(3)) });
  site.serve('/lost', { status: 404 });
  const lines = ['/gazette', '/lost', '/tidewatch'].map((path) => site.origin + path);
  await page.goto(`${stack.url}/import`);
  await page.getByLabel(/OPML file/).setInputFiles({
    name: 'subscriptions.opml',
    mimeType: 'text/x-opml',
    buffer: Buffer.from(
      `<opml version="2.0"><body><outline text="Coast">${[...lines, 'gopher://example.org/'].map((url) => `<outline type="rss" xmlUrl="${url}"/>`).join('')}</outline></body></opml>`,
    ),
  });
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('could not be read so far').first().waitFor();
  return new Map<string, View>([
    ['search', search],
    ['search-start', '/search'],
    ['search-none', '/search?q=the+-the&order=relevance'],
    [
      'search-article',
      {
        path: search,
        prepare: async (shown: Page) => {
          await itemsOf(shown).nth(1).getByRole('link').click();
          await shown.locator('.article-pane .article').waitFor();
        },
      },
    ],
    ['starred-items', '/starred'],
    ['import', new URL(page.url()).pathname],
    ['imports', '/import'],
  ]);
}

const FERRY_PAGE = {
  body: `<!doctype html><html><head><title>The ferry</title></head><body><nav><a href="/">Home</a></nav>
    <article><h1>The ferry that waits</h1>${WADERS}</article></body></html>`,
  contentType: 'text/html; charset=utf-8',
};

/** Adds a feed that brings excerpts: of one item the page can be had, of the other it cannot. */
async function addExcerpts(page: Page, stack: Stack, site: FeedServer): Promise<Views> {
  const titles = { ferry: 'The ferry that waits for the last bus', gull: 'A gull, a lamp, and a lawsuit' };
  const items = Object.entries(titles).map(([guid, title], index) => ({
    guid,
    title,
    date: new Date(Date.now() - (index + 1) * 1_800_000),
    content:
      '<p>It has left late every evening since 1962, and nobody has ever complained. Read more on our site.</p>',
  }));
  const document = writeRss('The Harbour Ledger', items).replaceAll(
    'https://example.org/',
    `${site.origin}/`,
  );
  site.serve('/ledger', { body: document });
  site.serve('/ferry', FERRY_PAGE);
  const feed = await addAndWait(page, stack.url, `${site.origin}/ledger`, withItems);
  await query(stack, 'UPDATE subscriptions SET full_text = true WHERE feed_id = $1', [
    Number(feed.split('/').at(-1)),
  ]);
  const views: Views = new Map();
  for (const [name, title] of [
    ['full-text', titles.ferry],
    ['full-text-failing', titles.gull],
  ] as const) {
    const item = await page.getByRole('link', { name: title }).first().getAttribute('data-open');
    const prepare = (shown: Page) =>
      shown
        .getByRole('status', { name: 'Full text' })
        .getByText(name === 'full-text' ? 'The text of its own page' : 'There is no full text')
        .waitFor();
    views.set(name, { path: `${feed}?item=${item}`, prepare });
    views.set(`item-${name}`, { path: `/items/${item}`, prepare });
  }
  return views;
}

/** As many items as there are after some months; the list is scrolled until there are hundreds, and halfway back. */
async function addThousands(stack: Stack): Promise<Views> {
  await query(
    stack,
    `INSERT INTO items (feed_id, identity, content_hash, url, title, author, sort_at, published_at, html, excerpt, categories)
     SELECT feed_id, sha256(identity || n::text::bytea), content_hash, url, title, author, at, at, html, excerpt, categories
     FROM items, generate_series(1, 100) n, LATERAL (SELECT sort_at - (n + random()) * interval '20 hours' AS at) t
     WHERE feed_id IN (SELECT feed_id FROM subscriptions)`,
  );
  return new Map<string, View>([...PASSING_ENDS, ['thousands', { path: '/all', prepare: scrollFar }]]);
}

const withLine = (page: Page) => page.getByText('No worker is running').waitFor({ timeout: LATEST_LINE_MS });

/** What a page says about us, over its list and over its foot. */
const NO_WORKER: Views = new Map([
  ['no-worker', { path: '/unread', prepare: withLine }],
  ['no-worker-feeds', { path: '/feeds', prepare: withLine }],
]);

async function shoot(browser: Browser, url: string, views: Views, signedIn?: SignedIn): Promise<void> {
  for (const [screen, viewport] of Object.entries({ ...SCREENS, middle: MIDDLE })) {
    for (const colorScheme of ['light', 'dark'] as const) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        reducedMotion: 'reduce',
        ...(screen === 'phone' && { isMobile: true, hasTouch: true }),
        ...(signedIn && { storageState: signedIn }),
      });
      const page = await context.newPage();
      for (const [view, shown] of views) {
        const { path, prepare } = typeof shown === 'string' ? { path: shown } : shown;
        if (WANTED.length > 0 && !WANTED.some((name) => view === name)) continue;
        if (screen === 'middle' && !IN_MIDDLE.has(view)) continue;
        const name = `${view}-${screen}-${colorScheme}`;
        await page.goto(url + path, { waitUntil: 'networkidle' });
        await prepare?.(page);
        // What has been pressed is not pointed at any more.
        await page.mouse.move(0, 0);
        await page.evaluate('document.fonts.ready');
        const picture = await page.screenshot({ path: join(ALL, `${name}.png`) });
        // Small enough to be kept in the repository, which takes a second each.
        if (CHOSEN.has(name))
          await sharp(picture)
            .png({ palette: true, quality: 90, effort: 10 })
            .toFile(join(BEST, `${name}.png`));
        await page.unrouteAll({ behavior: 'ignoreErrors' });
      }
      await context.close();
    }
  }
}

/** The pages of an installation with accounts: those before one is in, and those about who is. */
async function shootAccounts(browser: Browser): Promise<void> {
  const provider = await startOidcProvider();
  const stack = await startAccountStack(provider);
  const page = await browser.newPage({ baseURL: stack.url });
  const setup = await addLink(stack, 'SETUP', 'OWNER');
  const before: Views = new Map([
    ['sign-in', '/sign-in'],
    ['sign-in-refused', '/sign-in?error=signup_disabled'],
    ['second-step', '/sign-in/code'],
    ['welcome', setup],
    ['welcome-used', '/welcome/none'],
  ]);
  await shoot(browser, stack.url, before);
  await makeAccount(page, setup, 'Ada');
  for (const name of ['Grace', 'Hedy']) await (await setUpMember(stack, browser, name)).context().close();
  await query(stack, "UPDATE users SET disabled_at = now() WHERE name = 'Hedy'");
  await page.goto('/admin');
  await page.getByLabel('For whom').fill('Mary');
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  await page.locator('[data-link]').waitFor();
  await page.goto('/settings/tokens');
  await page.getByLabel('For which program').fill('Lamp on the desk');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await page.locator('[data-token]').waitFor();
  await stack.ensureWorker();
  const pages = [
    '/admin',
    '/admin/fetching',
    '/settings',
    '/settings/account',
    '/settings/sessions',
    '/settings/tokens',
  ];
  const inside: Views = new Map(pages.map((path) => [path.slice(1).replace('/', '-'), path]));
  await shoot(browser, stack.url, inside, await page.context().storageState());
  await stack.stop();
  await provider.close();
}

async function main(): Promise<void> {
  await setup();
  for (const folder of [ALL, BEST]) await mkdir(folder, { recursive: true });
  const stack = await startStack();
  const site = await startFeedServer('127.0.0.9');
  const browser = await chromium.launch(launchOptions);
  await shootAccounts(browser);
  const page = await browser.newPage();
  // Long enough for a fetch that hangs to be seen on all screens.
  await stack.ensureWorker({ FETCH_TIMEOUT_MS: '600000' });
  await shoot(browser, stack.url, new Map([['start', '/']]));
  await shoot(browser, stack.url, await addFeeds(page, stack, site, false));
  await shoot(browser, stack.url, new Map(PASSING));
  await shoot(browser, stack.url, await addFeeds(page, stack, site, true));
  await shoot(browser, stack.url, await addTraces(page, stack, site));
  await shoot(browser, stack.url, await addExcerpts(page, stack, site));
  await shoot(browser, stack.url, await addTrouble(page, stack, site));
  await shoot(browser, stack.url, await addThousands(stack));
  await stack.stopWorker();
  await shoot(browser, stack.url, NO_WORKER);
  await browser.close();
  await site.close();
  await stack.stop();
}

await main();
