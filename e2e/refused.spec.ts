import type { Page, Route } from '@playwright/test';
import { awaitLater, begin, rowOf, unreadLink } from './support/reading';
import { expect, test } from './support/test';

const DEEDS = 'Object.keys(localStorage).filter((key) => key.includes("deed")).length';

const breakOff = (status: number) => (route: Route) =>
  route.fulfill({ status, json: { error: { code: 'internal', message: 'Something broke.' } } });

const isMark = (route: Route) => route.request().method() === 'PATCH';

/** Has marks answered so that a part says; other requests go on. */
const answerMarks = (page: Page, answer: (route: Route) => Promise<void>) =>
  page.route('**/api/items', (route) => (isMark(route) ? answer(route) : route.fallback()));

test('a mark that the server refuses is taken back, and said so', async ({ page, site }) => {
  await begin(page, site);
  await answerMarks(page, breakOff(400));
  await page.keyboard.press('n');
  await page.keyboard.press('s');
  await expect(page.getByText('That could not be saved.')).toBeVisible();
  await expect(rowOf(page, 'item-3').getByText('Starred')).not.toBeAttached();
  const refused = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.keyboard.press('o');
  await expect(page.locator('.article-pane h1')).toHaveText('item-3');
  await refused;
  await expect(rowOf(page, 'item-3')).not.toHaveAttribute('data-read');
  await expect(unreadLink(page)).toContainText('3');
  // What was not done cannot be undone.
  await page.keyboard.press('z');
  await expect(page.getByText('There is nothing to undo.')).toBeVisible();
  expect(await page.evaluate(DEEDS)).toBe(0);
});

test('of marks that are told together, those that the server takes are kept', async ({ page, site }) => {
  await begin(page, site);
  const bad = Number(await page.locator('.row').first().getAttribute('data-item'));
  let isAway = true;
  await answerMarks(page, (route) => {
    if (isAway) return route.abort();
    return route.request().postDataJSON().ids.includes(bad) ? breakOff(400)(route) : route.continue();
  });
  for (const _ of [1, 2, 3]) {
    await page.keyboard.press('n');
    await page.keyboard.press('m');
  }
  await expect(unreadLink(page)).toHaveText('Unread');
  isAway = false;
  await page.evaluate(() => window.dispatchEvent(new Event('online')));
  await expect(unreadLink(page)).toContainText('1');
  await expect(rowOf(page, 'item-3')).not.toHaveAttribute('data-read');
  await expect.poll(() => page.evaluate(DEEDS)).toBe(0);
  await page.reload();
  await expect(unreadLink(page)).toContainText('1');
  await expect(page.locator('.row[data-read]')).toHaveCount(2);
});

test('what was done before the page was loaded, and is refused, is taken back', async ({
  page,
  site,
  context,
}) => {
  await begin(page, site);
  const tab = await context.newPage();
  await tab.goto('/all');
  await awaitLater(tab);
  await context.setOffline(true);
  await tab.keyboard.press('n');
  await tab.keyboard.press('s');
  await expect(rowOf(tab, 'item-3').getByText('Starred')).toBeAttached();
  await tab.close();
  await page.close();
  await context.setOffline(false);
  const back = await context.newPage();
  await answerMarks(back, breakOff(400));
  await back.goto('/all');
  await expect(back.getByText('Something that was done before could not be saved.')).toBeVisible();
  await expect(rowOf(back, 'item-3').getByText('Starred')).not.toBeAttached();
  expect(await back.evaluate(DEEDS)).toBe(0);
});

test.describe('after a while', () => {
  test('what the server always breaks at holds up nothing for ever', async ({ page, site }) => {
    await begin(page, site);
    await page.clock.install();
    await answerMarks(page, (route) =>
      route.request().postDataJSON().starred ? breakOff(500)(route) : route.continue(),
    );
    await page.keyboard.press('n');
    await page.keyboard.press('s');
    await page.keyboard.press('n');
    await page.keyboard.press('m');
    await expect(rowOf(page, 'item-3').getByText('Starred')).toBeAttached();
    await expect(unreadLink(page)).toContainText('2');
    const gaveUp = page.getByText('That could not be saved.');
    expect(await page.evaluate(DEEDS)).toBe(2);
    // Less at a time than it is said for.
    await expect(async () => {
      await page.clock.runFor(3000);
      await expect(gaveUp).toBeVisible({ timeout: 200 });
    }).toPass({ intervals: [0] });
    await expect(rowOf(page, 'item-3').getByText('Starred')).not.toBeAttached();
    await expect.poll(() => page.evaluate(DEEDS)).toBe(0);
    await page.reload();
    await expect(unreadLink(page)).toContainText('2');
    await expect(rowOf(page, 'item-2')).toHaveAttribute('data-read');
  });

  test('what the server breaks at waits while it breaks at everything', async ({ page, site }) => {
    await begin(page, site);
    await page.clock.install();
    let tries = 0;
    await page.route('**/api/counts', breakOff(500));
    await answerMarks(page, (route) => {
      tries += 1;
      return breakOff(500)(route);
    });
    await page.keyboard.press('n');
    await page.keyboard.press('s');
    await expect
      .poll(async () => {
        await page.clock.runFor(30_000);
        return tries;
      })
      .toBeGreaterThan(9);
    await expect(rowOf(page, 'item-3').getByText('Starred')).toBeAttached();
    expect(await page.evaluate(DEEDS)).toBe(1);
    await page.unrouteAll();
    await expect
      .poll(async () => {
        await page.clock.runFor(30_000);
        return page.evaluate(DEEDS);
      })
      .toBe(0);
    await page.reload();
    await expect(rowOf(page, 'item-3').getByText('Starred')).toBeAttached();
  });
});
