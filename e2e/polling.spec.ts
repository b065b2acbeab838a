import type { Page } from '@playwright/test';
import { begin } from './support/reading';
import { expect, test } from './support/test';

/** Puts the tab out of sight, or back into it. */
async function setHidden(page: Page, hidden: boolean) {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    Object.defineProperty(document, 'visibilityState', {
      value: value ? 'hidden' : 'visible',
      configurable: true,
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

test('a tab asks more and more seldom while nothing happens, never out of sight, and at once when it is back', async ({
  page,
  site,
}) => {
  await begin(page, site);
  const asked = { counts: 0, others: 0 };
  const answers = { counts: 0 };
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/api/counts') asked.counts += 1;
    else asked.others += 1;
  });
  page.on('requestfinished', (request) => {
    if (request.url().endsWith('/api/counts')) answers.counts += 1;
  });
  await page.clock.install();
  await setHidden(page, true);
  await page.clock.runFor('30:00');
  expect(asked).toEqual({ counts: 0, others: 0 });

  await setHidden(page, false);
  await expect.poll(() => answers.counts).toBe(1);
  // Ten seconds; then half as long again each time, up to two minutes.
  const pauses: number[] = [];
  for (let seconds = 0; pauses.length < 9; seconds += 5) {
    const before = answers.counts;
    await page.clock.runFor(5000);
    await expect.poll(() => answers.counts).toBe(asked.counts);
    if (answers.counts === before) continue;
    pauses.push(seconds);
    seconds = 0;
  }
  expect(pauses[0]).toBeLessThanOrEqual(20);
  expect(pauses.at(-1)).toBeGreaterThanOrEqual(100);
  expect(pauses).toEqual([...pauses].sort((a, b) => a - b));

  await setHidden(page, true);
  const before = asked.counts;
  await page.clock.runFor('10:00');
  expect(asked.counts).toBe(before);
  await setHidden(page, false);
  await expect.poll(() => answers.counts).toBe(before + 1);
});
