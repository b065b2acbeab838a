import type { Page } from '@playwright/test';
import { query, seedFeeds } from './support/query';
import { expect, statusOf, test } from './support/test';

test.use({ withWorker: false });

const folder = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const feedsIn = (page: Page, name: string) => folder(page, name).getByRole('listitem');
const namesOf = (page: Page) => page.getByRole('main').getByRole('heading', { level: 2 }).allInnerTexts();

async function create(page: Page, name: string) {
  await page.getByLabel('New folder').fill(name);
  await page.getByRole('button', { name: 'Create folder' }).click();
}

test.beforeEach(async ({ stack, page, baseURL }) => {
  expect(baseURL).toBe(stack.url);
  await query(stack, 'DELETE FROM folders');
  await seedFeeds(stack, 6);
  await page.goto('/feeds');
  await page.getByRole('main').getByRole('link', { name: 'Folders', exact: true }).click();
  await page.waitForURL('**/folders');
});

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('folders are made, named, ordered, filled and deleted by forms', async ({ page }) => {
      await create(page, 'Tides');
      await expect(statusOf(page)).toHaveText('The folder is made.');
      await create(page, 'Tides');
      await expect(page.getByRole('main').getByRole('alert')).toHaveText(
        'You have a folder named “Tides” already.',
      );
      await create(page, 'Birds');
      await expect(folder(page, 'Birds')).toBeVisible();
      await page.getByRole('button', { name: 'Move Birds up' }).click();
      await expect.poll(() => namesOf(page)).toEqual(['Birds', 'Tides', 'No folder']);

      // It lies over the feeds only once some are chosen.
      const bar = page.locator('form', { has: page.getByLabel('Move the chosen feeds to') });
      await expect(bar).toHaveCSS('position', 'static');
      for (const name of ['Feed 1', 'Feed 2'])
        await page.getByRole('checkbox', { name, exact: true }).check();
      await expect(bar).toHaveCSS('position', 'sticky');
      await page.getByLabel('Move the chosen feeds to').selectOption('Birds');
      await page.getByRole('button', { name: 'Move', exact: true }).click();
      await expect(statusOf(page)).toHaveText('2 feeds moved.');
      await expect(feedsIn(page, 'Birds')).toHaveCount(2);
      await expect(feedsIn(page, 'No folder')).toHaveCount(4);
      await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(0);

      await folder(page, 'Birds').getByText('Rename or delete').click();
      await folder(page, 'Birds').getByLabel('New name').fill('Waders');
      await folder(page, 'Birds').getByRole('button', { name: 'Rename' }).click();
      await expect(statusOf(page)).toHaveText('The folder has its new name.');

      await folder(page, 'Tides').getByText('Rename or delete').click();
      await folder(page, 'Tides').getByRole('button', { name: 'Delete the folder' }).click();
      await expect(statusOf(page)).toHaveText(/The folder is deleted/);
      await folder(page, 'Waders').getByText('Rename or delete').click();
      await page.getByLabel('I unsubscribe from them').check();
      await folder(page, 'Waders').getByRole('button', { name: 'Delete the folder' }).click();
      await expect(statusOf(page)).toHaveText('You no longer follow 2 feeds.');
      await page.getByRole('button', { name: 'Undo unsubscribing from Feed 1 and Feed 2' }).click();
      await expect(statusOf(page)).toHaveText('You follow 2 feeds again, as before.');
      await page.goto('/folders');
      await expect(feedsIn(page, 'Waders')).toHaveCount(2);
    });
  });
}

test('feeds are dragged to folders, all that are chosen at once', async ({ page }) => {
  await create(page, 'Tides');
  await expect(folder(page, 'Tides')).toBeVisible();
  await feedsIn(page, 'No folder').filter({ hasText: 'Feed 3' }).dragTo(folder(page, 'Tides'));
  await expect(feedsIn(page, 'Tides')).toHaveCount(1);
  for (const name of ['Feed 4', 'Feed 5']) await page.getByRole('checkbox', { name, exact: true }).check();
  await feedsIn(page, 'No folder').filter({ hasText: 'Feed 5' }).dragTo(folder(page, 'Tides'));
  await expect(feedsIn(page, 'Tides')).toHaveCount(3);
  await expect(statusOf(page)).toHaveText('2 feeds moved.');
  await feedsIn(page, 'Tides')
    .filter({ hasText: 'Feed 3' })
    .dragTo(folder(page, 'No folder').getByText('Feed 1', { exact: true }));
  await expect(feedsIn(page, 'Tides')).toHaveCount(2);
});

test('folders are dragged to another place', async ({ page }) => {
  // All of them in sight: what scrolls while it is dragged over has moved by the time it is dropped on.
  await page.setViewportSize({ width: 1280, height: 1400 });
  for (const name of ['Tides', 'Birds', 'Winds']) {
    await create(page, name);
    await expect(folder(page, name)).toBeVisible();
  }
  const head = (name: string) => folder(page, name).getByRole('heading');
  const drag = async (name: string, to: string, half: 'upper' | 'lower') => {
    const height = (await folder(page, to).boundingBox())?.height ?? 0;
    await head(name).dragTo(folder(page, to), {
      targetPosition: { x: 40, y: half === 'upper' ? 5 : height - 5 },
    });
  };
  await drag('Winds', 'Tides', 'upper');
  await expect.poll(() => namesOf(page)).toEqual(['Winds', 'Tides', 'Birds', 'No folder']);
  await drag('Winds', 'Tides', 'lower');
  await expect.poll(() => namesOf(page)).toEqual(['Tides', 'Winds', 'Birds', 'No folder']);
  await drag('Tides', 'No folder', 'upper');
  await expect.poll(() => namesOf(page)).toEqual(['Winds', 'Birds', 'Tides', 'No folder']);
  await page.reload();
  expect(await namesOf(page)).toEqual(['Winds', 'Birds', 'Tides', 'No folder']);
  // No feed went along, and none was moved.
  await expect(feedsIn(page, 'No folder')).toHaveCount(6);
});

test('a phone shows folders without scrolling sideways, and everything is large enough for a thumb', async ({
  page,
  stack,
}) => {
  await query(stack, `UPDATE feeds SET title = repeat('Donaudampfschiff', 9)`);
  await create(page, 'Donaudampfschiff'.repeat(6));
  await expect(statusOf(page)).toHaveText('The folder is made.');
  for (const width of [320, 390, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    await page.goto('/folders');
    const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate(overflow), `at ${width}`).toBe(0);
  }
  await page.setViewportSize({ width: 390, height: 800 });
  const small = `[...document.querySelectorAll('main button, main a, main select, main label:has(input), main summary')]
    .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 43.9)
    .map((element) => element.textContent)`;
  expect(await page.evaluate(small)).toEqual([]);
});
