import type { Page } from '@playwright/test';
import { begin, openTitle, rowOf, scrollerOf, scrollTopOf } from './support/reading';
import { expect, test } from './support/test';

const COUNT = 40;

test('going back leads to where one was: list, article and both places', async ({ page, site }) => {
  await begin(page, site, COUNT);
  await scrollerOf(page).evaluate((element) => element.scrollTo({ top: 700 }));
  await rowOf(page, 'item-30').getByRole('link').click();
  await expect(openTitle(page)).toHaveText('item-30');
  await expect(rowOf(page, 'item-30')).toHaveAttribute('data-current');
  const top = await scrollTopOf(page);
  expect(top).toBeGreaterThan(500);

  // Away to another page, and back to the article beside its list.
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Starred' }).click();
  await expect(page).toHaveURL(/\/starred$/);
  await expect(rowOf(page, 'item-30')).toHaveCount(0);
  await page.goBack();
  await expect(openTitle(page)).toHaveText('item-30');
  await expect(rowOf(page, 'item-30')).toHaveAttribute('data-current');
  expect(await scrollTopOf(page)).toBe(top);

  // And back once more, to the list by itself.
  await page.goBack();
  await expect(page).toHaveURL(/\/all$/);
  await expect(page.locator('[data-current]')).toHaveCount(0);
  expect(await scrollTopOf(page)).toBe(top);
  await page.goForward();
  await expect(openTitle(page)).toHaveText('item-30');
  expect(await scrollTopOf(page)).toBe(top);
});

test('Escape gives the focus back to the row that was open', async ({ page, site }) => {
  await begin(page, site, COUNT);
  for (const _ of [1, 2, 3]) await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await expect(openTitle(page)).toHaveText('item-38');
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-37');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/all$/);
  await expect(rowOf(page, 'item-37').getByRole('link')).toBeFocused();
});

/** Presses keys so soon after one another that the browser has not gone back between. */
const pressAtOnce = (page: Page, keys: string[]) =>
  page.evaluate(async (pressed) => {
    const { port1, port2 } = new MessageChannel();
    for (const key of pressed) {
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      // Each is a task of its own, as keys are.
      await new Promise((next) => {
        port1.onmessage = next;
        port2.postMessage(null);
      });
    }
    for (let frame = 0; frame < 2; frame += 1)
      await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  }, keys);

for (const [width, how] of [
  [1280, 'beside the article'],
  [600, 'behind the article'],
] as const) {
  test(`who goes on at once after Escape stays where they went: a list ${how}`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 800 });
    await begin(page, site);
    await page.keyboard.press('j');
    await expect(openTitle(page)).toHaveText('item-3');
    await expect(page.locator('.article-scroll')).toBeFocused();
    await pressAtOnce(page, ['Escape', 'n']);
    await expect(page).toHaveURL(/\/all$/);
    await expect(rowOf(page, 'item-2').getByRole('link')).toBeFocused();

    // Closed and opened again, it is a step in the history as any other.
    await page.keyboard.press('j');
    await expect(openTitle(page)).toHaveText('item-1');
    await pressAtOnce(page, ['Escape', 'k']);
    await expect(openTitle(page)).toHaveText('item-2');
    await expect(page).toHaveURL(/\/all\?item=\d+$/);
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/\/all$/);
    await expect(rowOf(page, 'item-2').getByRole('link')).toBeFocused();
    await page.goForward();
    await expect(openTitle(page)).toHaveText('item-2');
    await page.goBack();
    await expect(openTitle(page)).toBeHidden();
  });
}

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('going back leads to where the list was left', async ({ page, site }) => {
    await begin(page, site, COUNT);
    await scrollerOf(page).evaluate((element) => element.scrollTo({ top: 900 }));
    const row = rowOf(page, 'item-28');
    await row.scrollIntoViewIfNeeded();
    const top = await scrollTopOf(page);
    expect(top).toBeGreaterThan(500);
    await row.getByRole('link').tap();
    await expect(openTitle(page)).toHaveText('item-28');
    await expect(scrollerOf(page)).toBeHidden();
    await page.goBack();
    await expect(row).toBeInViewport();
    expect(await scrollTopOf(page)).toBe(top);

    await row.getByRole('link').tap();
    await page.getByRole('link', { name: 'Back to the list' }).tap();
    await expect(row).toBeInViewport();
    expect(await scrollTopOf(page)).toBe(top);

    // By way of another page.
    await row.getByRole('link').tap();
    await page.locator('.article-pane').getByRole('link', { name: 'Tides' }).tap();
    await expect(page).toHaveURL(/\/feeds\/\d+$/);
    await page.goBack();
    await expect(openTitle(page)).toHaveText('item-28');
    await page.goBack();
    await expect(row).toBeInViewport();
    expect(await scrollTopOf(page)).toBe(top);
  });
});

test('a page that is long in coming says that it is', async ({ page, site }) => {
  await begin(page, site, 3);
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(/[?&]_rsc=/, async (route) => {
    await released;
    await route.continue();
  });
  const line = () => page.evaluate("getComputedStyle(document.documentElement, '::before').content");
  expect(await line()).toBe('none');
  await page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name: 'Starred' }).click();
  await expect.poll(line).toBe('""');
  release();
  await expect(page.getByText('No stars yet.')).toBeVisible();
  await expect.poll(line).toBe('none');
});
