import type { Page } from '@playwright/test';
import { type FeedServer, makeItems, writeRss } from '../test/support/feed-server';
import { awaitLater } from './support/reading';
import { expect, follow, itemsOf, test } from './support/test';

const LONG = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** Follows a feed of long words. @returns the addresses of all kinds of pages. */
async function fill(page: Page, site: FeedServer): Promise<string[]> {
  const items = makeItems(3).map((item) => ({
    ...item,
    title: `${LONG} ${item.guid}`,
    content: `<p>${LONG}</p><pre><code>${'const a = 1; '.repeat(30)}</code></pre><table><tr>${'<td>cell</td>'.repeat(30)}</tr></table>`,
  }));
  site.serve('/feed', { body: writeRss(LONG, items) });
  const feedId = await follow(page, `${site.origin}/feed`);
  await page.goto('/all');
  const itemId = await page.locator('[data-item]').first().getAttribute('data-item');
  const own = ['', '/settings', '?about=1&fetches=newest#history'].map((part) => `/feeds/${feedId}${part}`);
  const reading = ['/', '/unread', '/all', `/all?item=${itemId}`, `/items/${itemId}`, '/search?q=item'];
  return [...reading, ...own, '/feeds', '/feeds/new', '/folders', '/import', '/settings', '/admin/fetching'];
}

/**
 * What sticks out of a page, or is cut off at its side: the page itself, when it scrolls sideways, and whatever one
 * could press that is beyond its edge and cannot be scrolled to.
 */
const findBeyond = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { clientWidth, scrollWidth } = document.documentElement;
    const beyond = scrollWidth > clientWidth ? [`the page, by ${scrollWidth - clientWidth}`] : [];
    const canScrollTo = (element: Element | null): boolean =>
      element !== null &&
      ((['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
        element.scrollWidth > element.clientWidth) ||
        canScrollTo(element.parentElement));
    for (const element of document.querySelectorAll('a, button, input, select, summary, [tabindex="0"]')) {
      const { left, right, width, height } = element.getBoundingClientRect();
      const isSeen = element.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1;
      const isInside = left >= -1 && right <= clientWidth + 1;
      if (isSeen && right > 0 && !isInside && !canScrollTo(element))
        beyond.push(`${element.outerHTML.slice(0, 120)} from ${left} to ${right}`);
    }
    return beyond;
  });

/** Windows as a browser makes them of one of 1280 by 1024 (WCAG 1.4.10 asks for the last). */
const ZOOMS = { '200 %': { width: 640, height: 512 }, '400 %': { width: 320, height: 256 } };

test('pages fit at 200 and at 400 %, and with letters of twice the size', async ({ page, site }) => {
  test.setTimeout(120_000);
  const paths = await fill(page, site);
  const faults: string[] = [];
  const look = async (path: string, how: string) =>
    faults.push(...(await findBeyond(page)).map((what) => `${path} at ${how}: ${what}`));
  for (const path of paths) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await expect(page.locator('h1').first()).toBeAttached();
    if (path.endsWith('#history')) await expect(page.locator('#history')).toBeVisible();
    for (const [how, size] of Object.entries(ZOOMS)) {
      await page.setViewportSize(size);
      await look(path, how);
    }
    await page.setViewportSize({ width: 1280, height: 1024 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await look(path, 'large letters');
  }
  expect(faults).toEqual([]);
});

test('nothing moves for whoever wants it to keep still', async ({ page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript(() => {
    const moved: string[] = [];
    Object.assign(window, { moved });
    for (const kind of ['animationstart', 'transitionrun'])
      document.addEventListener(
        kind,
        ({ target }) => {
          if (!(target instanceof Element)) return;
          const longest = Math.max(
            ...target.getAnimations().map(({ effect }) => Number(effect?.getComputedTiming().duration ?? 0)),
          );
          if (longest > 10) moved.push(`${kind} ${longest} ms ${target.outerHTML.slice(0, 120)}`);
        },
        true,
      );
  });
  await page.setViewportSize({ width: 400, height: 800 });
  const [, , all] = await fill(page, site);
  await page.goto(all ?? '/');
  await awaitLater(page);
  await itemsOf(page).first().click();
  await expect(page.locator('.article-pane h1')).toBeVisible();
  await page.keyboard.press('s');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goBack();
  await expect(itemsOf(page).first()).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as { moved: string[] }).moved)).toEqual([]);
});
