import type { Page } from '@playwright/test';
import { eventually } from '../../test/support/eventually';
import { itemsOf } from './test';

/** A page, and what is done there before it is looked at. */
export type View = string | { path: string; prepare: (page: Page) => Promise<void> };

/** What answers requests for these addresses is never there, or fails. */
const LIST = '**/api/items?*';
const ARTICLE = /\/api\/items\/\d+$/;
const PAGE = /[?&]_rsc=/;

const hold = (page: Page, address: string | RegExp) => page.route(address, () => undefined);
const refuse = (page: Page, address: string | RegExp) => page.route(address, (route) => route.abort());

async function openFirst(page: Page): Promise<void> {
  await itemsOf(page).first().getByRole('link').click();
}

async function openMenu(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: label }).click();
  await page.getByRole('group', { name: label }).locator('button, a, input').first().waitFor();
}

async function openFeeds(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Feeds', exact: true }).locator('visible=true');
  if ((await button.count()) > 0) await button.first().click();
}

async function toEnd(page: Page): Promise<void> {
  await page.locator('.list-scroll').evaluate((element) => element.scrollTo(0, element.scrollHeight));
}

/** What is seen for a moment only: on its way, refused, just done, or laid over the page. */
export const PASSING: [name: string, view: View][] = [
  [
    'list-awaited',
    {
      path: '/unread',
      prepare: async (page) => {
        await openFeeds(page);
        await hold(page, PAGE);
        await page.getByRole('link', { name: 'Starred' }).locator('visible=true').first().click();
        // It comes a little late.
        const look = "getComputedStyle(document.documentElement, '::before')";
        await eventually(
          async () => (await page.evaluate(`${look}.content + ${look}.visibility`)) === '""visible' || null,
          'the line of a page on its way',
        );
      },
    },
  ],
  [
    'article-awaited',
    {
      path: '/unread',
      prepare: async (page) => {
        await hold(page, ARTICLE);
        await openFirst(page);
        await page.getByText('Loading…').waitFor({ state: 'attached' });
      },
    },
  ],
  [
    'article-refused',
    {
      path: '/unread',
      prepare: async (page) => {
        await refuse(page, ARTICLE);
        await openFirst(page);
        await page.getByText('The article could not be loaded').waitFor();
      },
    },
  ],
  ['menu-feeds', { path: '/unread', prepare: openFeeds }],
  ['menu-list', { path: '/unread', prepare: (page) => openMenu(page, 'More for this list') }],
  [
    'menu-article',
    {
      path: '/all',
      prepare: async (page) => {
        await openFirst(page);
        await openMenu(page, 'More for this article');
      },
    },
  ],
  [
    'menu-look',
    {
      path: '/all',
      prepare: async (page) => {
        await openFirst(page);
        await openMenu(page, 'Text and colours');
      },
    },
  ],
  [
    'undo',
    {
      path: '/all',
      prepare: async (page) => {
        await openMenu(page, 'More for this list');
        // Nobody is told, however often it is tried: it would change the pictures after this one.
        await page.context().route('**/api/mark-read', (route) => route.abort());
        await page.getByRole('button', { name: 'Everything', exact: true }).click();
        await page.getByRole('button', { name: 'Undo' }).waitFor();
      },
    },
  ],
];

/** Goes to the end of a list until that says something: where it is moves while rows get their heights. */
function toEndUntil(page: Page, says: string) {
  return eventually(async () => {
    await toEnd(page);
    return (await page.getByText(says).isVisible()) || null;
  }, says);
}

/** The end of what is loaded of a list that is longer. */
export const PASSING_ENDS: [name: string, view: View][] = [
  [
    'more-awaited',
    {
      path: '/all',
      prepare: async (page) => {
        await hold(page, LIST);
        await toEndUntil(page, 'Loading…');
      },
    },
  ],
  [
    'more-refused',
    {
      path: '/all',
      prepare: async (page) => {
        await refuse(page, LIST);
        await toEndUntil(page, 'Could not load more');
        await toEnd(page);
      },
    },
  ],
];

/** Scrolls a list until there are hundreds of items, and halfway back. */
export async function scrollFar(page: Page): Promise<void> {
  const scroller = page.locator('.list-scroll');
  for (let turn = 0; turn < 12; turn += 1) {
    const before = await scroller.evaluate((element) => {
      element.scrollTo(0, element.scrollHeight);
      return element.scrollHeight;
    });
    await eventually(
      async () => (await scroller.evaluate(({ scrollHeight }) => scrollHeight)) > before || null,
      'more items',
    );
  }
  await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2));
  await itemsOf(page).locator('visible=true').first().waitFor();
}
