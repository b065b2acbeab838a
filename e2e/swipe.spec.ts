import { begin } from './support/reading';
import { expect, test } from './support/test';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('the first swipe counts: what knows how comes with it', async ({ page, site }) => {
  await begin(page, site);
  const row = page.locator('[data-item]').first();
  await expect(row).not.toHaveAttribute('data-read');
  const box = await row.boundingBox();
  if (box === null) throw new Error('There is no row.');
  const y = box.y + box.height / 2;
  const touches = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number) =>
    touches.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y }] });
  const told = page.waitForResponse((response) => response.request().method() === 'PATCH');
  const loaded = page.waitForResponse((response) => response.url().endsWith('.js'));
  await touch('touchStart', 120);
  // As long as it takes on a network: a finger takes a tenth of a second to cross the row.
  await (await loaded).finished();
  await page.evaluate(
    'new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)))',
  );
  for (const x of [140, 170, 200, 230]) await touch('touchMove', x);
  await touch('touchEnd');
  expect((await told).ok()).toBe(true);
  await expect(row).toHaveAttribute('data-read');
});
