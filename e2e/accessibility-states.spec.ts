import type { Page } from '@playwright/test';
import { findFaults } from './support/find-faults';
import { awaitLater, begin, openTitle, pressAndTell, scrollerOf } from './support/reading';
import { expect, itemsOf, test } from './support/test';

/** What has the focus, by its name. */
const focused = (page: Page) =>
  page.evaluate(
    "document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.tagName.toLowerCase()",
  );

const told = (page: Page) => page.getByRole('status', { name: 'What was done' });

test('what lies over a page for a moment keeps nobody out, and gives the focus back', async ({
  page,
  site,
}) => {
  await begin(page, site);
  await itemsOf(page).first().getByRole('link').click();
  await expect(openTitle(page)).toHaveText('item-3');
  const faults: string[] = [];
  for (const name of ['More for this list', 'More for this article', 'Text and colours']) {
    const button = page.getByRole('button', { name });
    await button.focus();
    await page.keyboard.press('Enter');
    await expect(page.locator(':popover-open').locator('button, a, input').first()).toBeVisible();
    faults.push(...(await findFaults(page)));
    await page.keyboard.press('Escape');
    await expect(page.locator(':popover-open')).toHaveCount(0);
    expect(await focused(page)).toBe(name);
  }
  await scrollerOf(page).focus();
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  faults.push(...(await findFaults(page)));
  expect(faults).toEqual([]);
});

test('who takes something back by keyboard need not be quick, and goes on from there', async ({
  page,
  site,
}) => {
  await begin(page, site);
  await page.clock.install();
  await pressAndTell(page, 'A', '/api/mark-read');
  const undo = page.getByRole('button', { name: 'Undo' });
  await undo.focus();
  await page.clock.runFor(30_000);
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(told(page)).toHaveText('Undone.');
  expect(await focused(page)).toBe('What was done');
  await page.clock.runFor(30_000);
  await expect(told(page)).toHaveText('');
});

test('what has the focus is seen where colours are forced, too', async ({ page, site }) => {
  await begin(page, site);
  await page.emulateMedia({ forcedColors: 'active' });
  await itemsOf(page).first().getByRole('link').click();
  await expect(openTitle(page)).toHaveText('item-3');
  const outline = () =>
    page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return `${outlineWidth} ${outlineStyle}`;
    });
  await page.keyboard.press('l');
  expect(await focused(page)).toBe('article');
  expect(await outline()).toBe('2px solid');
  await page.getByRole('separator').first().focus();
  expect(await outline()).toBe('2px solid');
  await pressAndTell(page, 'A', '/api/mark-read');
  await page.getByRole('button', { name: 'Undo' }).focus();
  expect(await outline()).toBe('2px solid');
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('lists, articles and the sheet of feeds keep nobody out', async ({ page, site }) => {
    await begin(page, site);
    await awaitLater(page);
    const faults = await findFaults(page);
    await page.getByRole('main').getByRole('button', { name: 'Feeds' }).tap();
    await expect(page.getByRole('navigation', { name: 'Feeds' })).toBeVisible();
    faults.push(...(await findFaults(page)));
    await page.keyboard.press('Escape');
    await itemsOf(page).first().getByRole('link').tap();
    await expect(openTitle(page)).toHaveText('item-3');
    faults.push(...(await findFaults(page)));
    expect(faults).toEqual([]);
  });
});
