import { makeItems, writeRss } from '../test/support/feed-server';
import { addFeed, expect, feedIdOf, itemsOf, test } from './support/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** By how many pixels a page is wider than the screen. */
const OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';

/** Names of the buttons and fields that a thumb would miss, and of links that stand alone; a label is part of its field. */
const SMALL = `[...document.querySelectorAll('main button, main input:not([type=hidden]), header a, nav a, summary')]
  .map((element) => (element.matches('[type=checkbox], [type=radio]') && element.closest('label')) || element)
  .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
  .map((element) => element.textContent || element.outerHTML)`;

test('a phone adds, reads and fits', async ({ page, site }) => {
  const content = `<p>${LONG}</p><pre>${'code '.repeat(80)}</pre><table><tr>${'<td>cell cell</td>'.repeat(20)}</tr></table>`;
  const items = makeItems(3).map((item) => ({ ...item, title: `${LONG} ${item.guid}`, content }));
  site.serve('/feed', { body: writeRss(LONG, items) });
  await page.goto('/');
  expect(await page.evaluate(OVERFLOW)).toBe(0);
  expect(await page.evaluate(SMALL)).toEqual([]);
  await addFeed(page, `${site.origin}/feed`);
  await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(3);
  expect(await page.evaluate(OVERFLOW)).toBe(0);
  expect(await page.evaluate(SMALL)).toEqual([]);

  await itemsOf(page).first().getByRole('link').tap();
  await expect(page.locator('.article')).toContainText(LONG);
  expect(await page.evaluate(OVERFLOW)).toBe(0);

  await page.getByRole('link', { name: 'Back to the list' }).tap();
  await expect(itemsOf(page).first()).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Feeds' }).tap();
  await expect(page.getByRole('navigation', { name: 'Feeds' }).getByText(LONG)).toBeVisible();
  expect(await page.evaluate(OVERFLOW)).toBe(0);
  expect(await page.evaluate(SMALL)).toEqual([]);
});
