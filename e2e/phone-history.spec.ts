import type { Page } from '@playwright/test';
import { begin, openTitle, rowOf, scrollerOf } from './support/reading';
import { expect, test } from './support/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

const sheet = (page: Page) => page.getByRole('navigation', { name: 'Feeds' });

async function openSheet(page: Page) {
  await page.getByRole('main').getByRole('button', { name: 'Feeds' }).tap();
  await expect(sheet(page)).toBeVisible();
}

test('feeds, list, article: each step back leads to where one was before', async ({ page, site }) => {
  const feedId = await begin(page, site, 5);
  await openSheet(page);
  await sheet(page).getByRole('link', { name: /Tides/ }).tap();
  await expect(page).toHaveURL(new RegExp(`/feeds/${feedId}$`));
  await expect(sheet(page)).toBeHidden();
  await expect(scrollerOf(page)).toBeVisible();

  await rowOf(page, 'item-5').getByRole('link').tap();
  await expect(openTitle(page)).toHaveText('item-5');
  await expect(scrollerOf(page)).toBeHidden();
  // Walking along the list is one step, however far.
  for (const title of ['item-4', 'item-3']) {
    await page.getByRole('button', { name: 'Next item' }).tap();
    await expect(openTitle(page)).toHaveText(title);
  }
  await page.goBack();
  await expect(page).toHaveURL(new RegExp(`/feeds/${feedId}$`));
  await expect(scrollerOf(page)).toBeVisible();
  await expect(page.locator('.list-title')).toHaveText('Tides');
  await page.goBack();
  await expect(page).toHaveURL(/\/all$/);
  await expect(page.locator('.list-title')).toHaveText('All items');
  await expect(scrollerOf(page)).toBeVisible();
  await page.goForward();
  await expect(page.locator('.list-title')).toHaveText('Tides');
  await page.goForward();
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(scrollerOf(page)).toBeHidden();
  await page.goBack();
  await expect(scrollerOf(page)).toBeVisible();
});

test('the sheet of feeds does not stay over a page that one has gone back to', async ({ page, site }) => {
  const feedId = await begin(page, site, 3);
  await openSheet(page);
  await sheet(page).getByRole('link', { name: /Tides/ }).tap();
  await expect(page).toHaveURL(new RegExp(`/feeds/${feedId}$`));
  await openSheet(page);
  await page.goBack();
  await expect(page).toHaveURL(/\/all$/);
  await expect(sheet(page)).toBeHidden();
  await expect(scrollerOf(page)).toBeVisible();
});
