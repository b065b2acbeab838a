import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { findFaults } from './support/find-faults';
import { query, seedFeeds } from './support/query';
import { addFeed, expect, itemsOf, statusOf, test } from './support/test';

const health = (page: Page) => page.getByRole('group', { name: 'How this feed is' });

test('who tries a failing feed again by keyboard goes on from there', async ({ page, site }) => {
  site.serve('/feed', { status: 500 });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(page.getByText(/The last attempt failed/)).toBeVisible();
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try now' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(/2 attempts in a row have failed/)).toBeVisible();
  await expect(health(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Try now' })).toBeFocused();

  // Whoever has gone elsewhere meanwhile is left there.
  site.serve('/feed', { body: writeRss('Mended', makeItems(3)), delayMs: 1000 });
  await page.keyboard.press('Enter');
  await expect(health(page)).toBeFocused();
  const home = page.getByRole('link', { name: 'Tidings, first page' });
  await home.focus();
  await expect(itemsOf(page)).toHaveCount(3);
  await expect(home).toBeFocused();
});

test('who tries again what has been tried before the page can say so goes on from there', async ({
  page,
  site,
  stack,
}) => {
  site.serve('/feed', { status: 500 });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(page.getByText(/The last attempt failed/)).toBeVisible();
  // As a worker is now and then; the real one would come a third time, before the page is asked for or after.
  await stack.stopWorker();
  await query(
    stack,
    `CREATE FUNCTION try_at_once() RETURNS trigger LANGUAGE plpgsql AS
       'BEGIN NEW.requested_at := NULL; NEW.failures := NEW.failures + 1; RETURN NEW; END';
     CREATE TRIGGER try_at_once BEFORE UPDATE ON feed_schedules FOR EACH ROW
       WHEN (OLD.requested_at IS NULL AND NEW.requested_at IS NOT NULL) EXECUTE FUNCTION try_at_once()`,
  );
  try {
    await page.getByRole('button', { name: 'Try now' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByText('2 attempts in a row have failed')).toBeVisible();
    await expect(health(page)).toBeFocused();
  } finally {
    await query(stack, 'DROP FUNCTION try_at_once CASCADE');
  }
});

test('who chooses among the feeds of a site by keyboard goes on from there', async ({ page, site }) => {
  for (const name of ['News', 'Sport']) site.serve(`/${name}`, { body: writeRss(name, makeItems(1)) });
  const links = ['News', 'Sport'].map(
    (name) => `<link rel="alternate" type="application/rss+xml" title="${name}" href="/${name}">`,
  );
  site.serve('/', {
    contentType: 'text/html',
    body: `<html><head><title>Site</title>${links.join('')}</head></html>`,
  });
  await page.goto('/');
  await addFeed(page, site.origin);
  const keep = page.getByRole('button', { name: 'Just the first' });
  await expect(itemsOf(page)).toHaveCount(1);
  await keep.focus();
  await page.keyboard.press('Enter');
  await expect(keep).toHaveCount(0);
  await expect(health(page)).toBeFocused();
});

test.describe('folders and feeds', () => {
  test.use({ withWorker: false });

  const create = async (page: Page, ...names: string[]) => {
    await page.goto('/folders');
    for (const name of names) {
      await page.getByLabel('New folder').fill(name);
      await page.getByRole('button', { name: 'Create folder' }).click();
      await expect(page.getByRole('region', { name })).toBeVisible();
    }
  };

  /** What is put into the live regions of a page from now on. */
  const listen = (page: Page) =>
    page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          const live = target instanceof Element && target.closest('main :is([role=status], [aria-live])');
          if (live) heard.push(...Array.from(addedNodes, (node) => node.textContent ?? ''));
        }
      }).observe(document.body, { childList: true, subtree: true });
    });
  const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: string[] }).heard);

  test('a folder that is moved by its arrows says where it is, and keeps the focus', async ({
    page,
    stack,
  }) => {
    await query(stack, 'DELETE FROM folders');
    await create(page, 'Tides', 'Birds', 'Winds');
    await listen(page);
    const up = page.getByRole('button', { name: 'Move Winds up' });
    await up.focus();
    for (const place of [2, 1, 1]) {
      const told = (await heard(page)).length;
      await page.keyboard.press('Enter');
      await expect
        .poll(async () => (await heard(page)).slice(told))
        .toEqual([`Winds is number ${place} of 3`]);
      await expect(up).toBeFocused();
    }
    await expect(up).toHaveAttribute('aria-disabled', 'true');
  });

  test('what was done is said once the page is there, and again when it is done again', async ({
    page,
    stack,
  }) => {
    await query(stack, 'DELETE FROM folders');
    await seedFeeds(stack, 2);
    await create(page, 'Tides');
    await listen(page);
    for (const name of ['Feed 1', 'Feed 2']) {
      const told = (await heard(page)).length;
      await page.getByRole('checkbox', { name, exact: true }).check();
      await page.getByLabel('Move the chosen feeds to').selectOption('Tides');
      await page.getByRole('button', { name: 'Move', exact: true }).click();
      await expect.poll(async () => (await heard(page)).slice(told)).toEqual(['1 feed moved.']);
    }
    // It leads to another page: what that says of it is put there once it stands.
    await page.getByRole('link', { name: 'Feed 1' }).first().click();
    await page.getByText('About this feed').click();
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    await expect(statusOf(page)).toHaveText('You no longer follow 1 feed.');
    await expect.poll(async () => (await heard(page)).at(-1)).toBe('You no longer follow 1 feed.');
  });

  test('what lies over a page does not hide what has the focus', async ({ page, stack }) => {
    await query(stack, 'DELETE FROM folders');
    await seedFeeds(stack, 40);
    await create(page, 'Tides');
    await page.setViewportSize({ width: 390, height: 600 });
    await page.reload();
    const boxes = page.getByRole('checkbox');
    await boxes.first().check();
    const bars = [
      page.locator('.top-bar'),
      page.locator('form', { has: page.getByLabel('Move the chosen feeds to') }),
    ];
    const between = async () => {
      const [top, bottom] = await Promise.all(bars.map((bar) => bar.boundingBox()));
      const own = await page.locator(':focus').boundingBox();
      if (!top || !bottom || !own) return false;
      return own.y >= top.y + top.height && own.y + own.height <= bottom.y;
    };
    for (const key of ['Tab', 'Shift+Tab'])
      for (let step = 0; step < 30; step += 1) {
        await page.keyboard.press(key);
        await expect.poll(between, `${key} ${step}`).toBe(true);
      }
  });
});
