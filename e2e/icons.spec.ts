import { makeItems, writeRss } from '../test/support/feed-server';
import { makePng } from '../test/support/pictures';
import { addFeed, expect, feedIdOf, itemsOf, SHIFTED, test, watchShifts } from './support/test';

test.use({ withWorker: false });
test.afterEach(({ stack }) => stack.stopWorker());

test('lists show the icons of feeds, and ask nobody but us for them', async ({ page, site, stack }) => {
  await stack.ensureWorker({ FETCH_ICONS: 'on' });
  const document = writeRss('Pictures', makeItems(3));
  site.serve('/feed', { body: document.replace('https://example.org/</link>', `${site.origin}/</link>`) });
  site.serve('/favicon.ico', { body: makePng({ width: 64, height: 64 }), contentType: 'image/png' });
  await page.goto('/feeds/new');
  await addFeed(page, `${site.origin}/feed`);
  const id = await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(3);
  const icons = page.locator('.feed-icon img:visible');
  await expect(async () => {
    await page.reload();
    await expect(icons).toHaveCount(3, { timeout: 500 });
  }).toPass({ timeout: 20_000 });

  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await watchShifts(page);
  for (const [path, count] of [
    ['/', 4],
    [`/feeds/${id}`, 3],
  ] as const) {
    await page.goto(path, { waitUntil: 'networkidle' });
    await expect(icons).toHaveCount(count);
    for (const icon of await icons.all()) {
      await expect(icon).toHaveAttribute('alt', '');
      expect(await icon.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(32);
    }
    expect(await page.evaluate(SHIFTED)).toBeLessThan(0.01);
  }
  expect([...asked]).toEqual([new URL(page.url()).origin]);
});
