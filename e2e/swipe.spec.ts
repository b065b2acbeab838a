import type { Page } from '@playwright/test';
import { begin } from './support/reading';
import { expect, test } from './support/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Swipes over the first row, so many pixels. @returns once the server has been told of what it meant. */
async function swipe(page: Page, from: number, by: number): Promise<void> {
  const box = await page.locator('[data-item]').first().boundingBox();
  if (box === null) throw new Error('There is no row.');
  const y = box.y + box.height / 2;
  const touches = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    touches.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] });
  const told = page.waitForResponse((response) => response.request().method() === 'PATCH');
  const loaded = page.waitForResponse((response) => response.url().endsWith('.js'));
  await touch('touchStart', from);
  // As long as it takes on a network: a finger takes a tenth of a second to cross the row.
  await (await loaded).finished();
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
  for (const part of [0.2, 0.5, 0.75, 1]) await touch('touchMove', from + by * part);
  await touch('touchEnd');
  expect((await told).ok()).toBe(true);
}

test('the first swipe counts, to the right: what knows how comes with it', async ({ page, site }) => {
  await begin(page, site);
  const row = page.locator('[data-item]').first();
  await expect(row).not.toHaveAttribute('data-read');
  await swipe(page, 120, 110);
  await expect(row).toHaveAttribute('data-read');
  await expect(row.locator('.row-star')).toHaveCount(0);
});

test('to the left, it stars', async ({ page, site }) => {
  await begin(page, site);
  const row = page.locator('[data-item]').first();
  await swipe(page, 270, -110);
  await expect(row).not.toHaveAttribute('data-read');
  await page.goto('/starred');
  await expect(page.locator('[data-item]')).toHaveCount(1);
});
