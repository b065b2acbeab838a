import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { type FeedServer, writeRss } from '../test/support/feed-server';
import { awaitLater, openTitle } from './support/reading';
import { expect, follow, itemsOf, test } from './support/test';

/** So much that a note is out of sight where it is referred to. */
const TIDES = `<p>${'The tide comes in twice a day. '.repeat(60)}</p>`.repeat(6);
const NOTED = `<p>Lamps<sup id="fnref:1"><a href="#fn:1">1</a></sup> are lit at dusk.</p>${TIDES}
  <details><summary>Notes</summary><ol><li id="fn:1">So says the keeper. <a href="https://example.org/lamps#fnref:1">↩</a></li></ol></details>
  <p><a href="#elsewhere">Elsewhere</a></p>`;

/** Follows a feed of one article with a note. @returns the article's id. */
async function begin(page: Page, site: FeedServer): Promise<string> {
  site.serve('/feed', { body: writeRss('Lamps', [{ guid: 'lamps', content: NOTED }]) });
  await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  return (await page.locator('[data-item]').first().getAttribute('data-item')) ?? '';
}

const referenceOf = (page: Page) => page.getByRole('article').getByRole('link', { name: '1', exact: true });
const noteOf = (page: Page) => page.getByRole('article').getByText('So says the keeper.');
const backOf = (page: Page) => page.getByRole('article').getByRole('link', { name: '↩' });

test('beside the list a note is a step away, and so is the way back', async ({ page, site }) => {
  const item = await begin(page, site);
  await awaitLater(page);
  await itemsOf(page).first().click();
  await expect(openTitle(page)).toHaveText('lamps');
  const address = page.url();
  const scrollTop = () => page.locator('.article-scroll').evaluate((element) => element.scrollTop);
  await expect(noteOf(page)).not.toBeVisible();

  await referenceOf(page).click();
  await expect(noteOf(page)).toBeInViewport();
  await expect(noteOf(page)).toBeFocused();
  await expect(referenceOf(page)).not.toBeInViewport();
  const faults = await new AxeBuilder({ page }).setLegacyMode().include('.article').analyze();
  expect(faults.violations).toEqual([]);
  await backOf(page).click();
  await expect(referenceOf(page)).toBeInViewport();

  // With the keyboard, from where one is.
  await page.keyboard.press('Tab');
  await expect(referenceOf(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(noteOf(page)).toBeInViewport();
  await page.keyboard.press('Tab');
  await expect(backOf(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(referenceOf(page)).toBeInViewport();
  expect(await scrollTop()).toBeLessThan(400);

  // Neither the page nor the address has moved: one step back is the list.
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  expect(page.url()).toBe(address);
  expect(new URL(address).searchParams.get('item')).toBe(item);
  await page.goBack();
  await expect(openTitle(page)).toHaveCount(0);
  await expect(page).toHaveURL(/\/all$/);
});

test('on a page of its own a note is a step of the history', async ({ page, site }) => {
  await page.goto(`/items/${await begin(page, site)}`);
  await referenceOf(page).click();
  await expect(page).toHaveURL(/#note-1$/);
  await expect(noteOf(page)).toBeInViewport();
  await page.goBack();
  await expect(page).toHaveURL(/\/items\/\d+$/);
  await expect(referenceOf(page)).toBeInViewport();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('a note is a step away, and so is the way back', async ({ page, site }) => {
    await page.goto(`/items/${await begin(page, site)}`);
    await referenceOf(page).click();
    await expect(noteOf(page)).toBeInViewport();
    await expect(referenceOf(page)).not.toBeInViewport();
    await backOf(page).click();
    await expect(referenceOf(page)).toBeInViewport();
    await expect(page.getByRole('link', { name: 'Elsewhere' })).toHaveAttribute(
      'href',
      'https://example.org/lamps#elsewhere',
    );
  });
});
