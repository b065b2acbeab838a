import { makeItems, writeRss } from '../test/support/feed-server';
import { expect, follow, test } from './support/test';

test.use({ javaScriptEnabled: false });

test('what was read is found, marked, and leads to the article; without JavaScript, too', async ({
  page,
  site,
}) => {
  const item = (guid: string, title: string, content: string) => ({ guid, title, content });
  site.serve('/feed', {
    body: writeRss('Searched', [
      item('1', 'A red fox', 'It jumps over the lazy dog'),
      item('2', '東京都の天気', '今日は雨です'),
    ]),
  });
  await follow(page, `${site.origin}/feed`);
  const found = page.getByRole('list', { name: 'Found items' }).getByRole('listitem');
  await expect
    .poll(async () => {
      await page.goto('/search?q=lazy');
      return found.count();
    })
    .toBe(1);
  await expect(found.locator('mark')).toHaveText('lazy');
  await page.getByRole('searchbox', { name: 'Words' }).fill('東京');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(found).toHaveText(/東京都の天気/);
  await page.goto('/search?q=fox+-lazy');
  await expect(page.getByRole('main').getByRole('status')).toHaveText('Nothing was found.');
  await page.goto('/search?q=fox');
  await found.getByRole('link').first().click();
  await expect(page.getByRole('heading', { name: 'A red fox' }).first()).toBeVisible();
});

test('what is on the next page is a link away', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Searched', makeItems(53)) });
  await follow(page, `${site.origin}/feed`);
  const found = page.getByRole('list', { name: 'Found items' }).getByRole('listitem');
  for (const order of ['date', 'relevance']) {
    await expect
      .poll(async () => {
        await page.goto(`/search?q=about&order=${order}`);
        if ((await found.count()) < 50) return 0;
        await page.getByRole('link', { name: 'More items' }).click();
        await page.waitForURL(/[?&]before=/);
        return found.count();
      })
      .toBe(3);
    await page.getByRole('link', { name: 'First results' }).click();
    await expect(found).toHaveCount(50);
  }
});
