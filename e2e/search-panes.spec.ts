import type { Page } from '@playwright/test';
import { type FeedServer, makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { awaitLater, openTitle, rowOf, scrollerOf, scrollTopOf } from './support/reading';
import type { Stack } from './support/stack';
import { expect, follow, test } from './support/test';

const foundIn = (page: Page) => page.getByRole('list', { name: 'Found items' }).getByRole('listitem');

/** Follows a feed of so many items, and waits until they can be searched. */
async function beginSearch(page: Page, site: FeedServer, stack: Stack, count: number) {
  site.serve('/feed', { body: writeRss('Tides', makeItems(count)) });
  await follow(page, `${site.origin}/feed`);
  await expect.poll(() => query(stack, 'SELECT FROM item_search')).toHaveLength(count);
}

const form = (page: Page) => page.getByRole('search');

for (const order of ['date', 'relevance']) {
  test(`what is found by ${order} is read beside the list, one after the other`, async ({
    page,
    site,
    stack,
  }) => {
    await beginSearch(page, site, stack, 5);
    const address = order === 'date' ? '/search\\?q=about' : '/search\\?q=about&order=relevance';
    await page.goto(`/search?q=about&order=${order}`);
    const [second, third] = ['item-4', 'item-3'];
    await expect(foundIn(page).getByRole('heading')).toHaveText(
      [5, 4, 3, 2, 1].map((n) => `Unread: item-${n}`),
    );
    await expect(rowOf(page, 'item-3').locator('mark')).toHaveText(['About']);
    await foundIn(page).nth(1).getByRole('link').click();
    await expect(openTitle(page)).toHaveText(second);
    await expect(page).toHaveURL(new RegExp(`${address}&item=\\d+$`));
    await expect(foundIn(page)).toHaveCount(5);
    await expect(rowOf(page, second)).toHaveAttribute('data-read');
    await page.getByRole('button', { name: 'Next item' }).click();
    await expect(openTitle(page)).toHaveText(third);
    await page.reload();
    await expect(openTitle(page)).toHaveText(third);
    await expect(foundIn(page)).toHaveCount(5);
    await page.getByRole('button', { name: 'Previous item' }).click();
    await expect(openTitle(page)).toHaveText(second);
    await page.goBack();
    await expect(page).toHaveURL(new RegExp(`${address}(&order=date)?$`));
    await expect(page.getByText('Choose an item to read it here.')).toBeVisible();
  });

  test(`a long list of what is found by ${order} goes on, and is left where it was`, async ({
    page,
    site,
    stack,
  }) => {
    await beginSearch(page, site, stack, 60);
    await page.goto('/search?q=item-7');
    await expect(foundIn(page)).toHaveCount(1);
    // Other words in place of those: another list, which goes on by itself as well.
    await form(page).getByRole('searchbox').fill('about');
    await form(page).getByRole('combobox', { name: 'Order' }).selectOption(order);
    await form(page).getByRole('button', { name: 'Search' }).click();
    const row = rowOf(page, 'item-3');
    await expect(async () => {
      await scrollerOf(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
      await expect(row).toBeInViewport({ timeout: 50 });
    }).toPass({ intervals: [50] });
    await row.getByRole('link').click();
    await expect(openTitle(page)).toHaveText('item-3');
    const top = await scrollTopOf(page);
    expect(top).toBeGreaterThan(500);
    await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Starred' }).click();
    await expect(page).toHaveURL(/\/starred$/);
    await page.goBack();
    await expect(openTitle(page)).toHaveText('item-3');
    await expect(row).toBeInViewport();
    expect(await scrollTopOf(page)).toBe(top);
    await page.goBack();
    await expect(page.locator('[data-current]')).toHaveCount(0);
    expect(await scrollTopOf(page)).toBe(top);
    await page.goBack();
    await expect(foundIn(page)).toHaveCount(1);
    await expect(form(page).getByRole('searchbox')).toHaveValue('item-7');
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('what is found is opened and left by going back', async ({ page, site, stack }) => {
    await beginSearch(page, site, stack, 5);
    await page.goto('/search?q=about');
    await awaitLater(page);
    await rowOf(page, 'item-3').getByRole('link').tap();
    await expect(openTitle(page)).toHaveText('item-3');
    await expect(scrollerOf(page)).toBeHidden();
    await page.getByRole('button', { name: 'Next item' }).tap();
    await expect(openTitle(page)).toHaveText('item-2');
    await page.goBack();
    await expect(foundIn(page)).toHaveCount(5);
    await expect(scrollerOf(page)).toBeVisible();
    await expect(form(page).getByRole('searchbox')).toHaveValue('about');
    await page.getByRole('main').getByRole('button', { name: 'Feeds' }).tap();
    await expect(page.getByRole('link', { name: 'All items' })).toBeVisible();
  });
});
