import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { addFeed, expect, feedIdOf, itemsOf, test } from './support/test';

test('a site with several feeds asks which, while the first is read', async ({ page, site, stack }) => {
  const link = (path: string, title: string) =>
    `<link rel="alternate" type="application/rss+xml" title="${title}" href="${path}">`;
  const head = link('/all', 'Everything') + link('/sport', 'Sport') + link('/arts', 'Arts');
  site.serve('/', { body: `<html><head>${head}</head></html>`, contentType: 'text/html' });
  for (const name of ['all', 'sport', 'arts'])
    site.serve(`/${name}`, { body: writeRss(`The ${name} feed`, makeItems(3, name)) });
  const offers = page.getByRole('region', { name: 'Feeds of this site' });
  await page.goto('/feeds/new');
  await addFeed(page, site.origin);
  await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(3);
  await expect(offers.getByRole('checkbox')).toHaveCount(3);
  await expect(offers.getByRole('checkbox', { name: 'Everything' })).toBeChecked();
  await offers.getByRole('checkbox', { name: 'Everything' }).uncheck();
  await offers.getByRole('checkbox', { name: 'Sport' }).check();
  await offers.getByRole('button', { name: 'Follow what is chosen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The sport feed');
  await expect(offers).toHaveCount(0);
  const followed = await query(stack, 'SELECT url FROM subscriptions s JOIN feeds f ON f.id = s.feed_id');
  expect(followed).toEqual([{ url: `${site.origin}/sport` }]);

  // Typed again, it asks again; whoever keeps what is read is not asked twice.
  await page.goto('/feeds/new');
  await addFeed(page, site.origin);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The all feed');
  await offers.getByRole('button', { name: 'Just the first' }).click();
  await expect(offers).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The all feed');
  await expect(offers).toHaveCount(0);
});

test.describe('on an empty start page', () => {
  test.use({ withWorker: false, javaScriptEnabled: false });

  test('a few feeds are offered by topic, and nothing is asked of them until they are chosen', async ({
    page,
    stack,
  }) => {
    await page.goto('/');
    expect(await query(stack, 'SELECT url FROM feeds')).toEqual([]);
    await page.getByRole('group', { name: 'Comics' }).getByRole('checkbox', { name: 'xkcd' }).check();
    await page.getByRole('group', { name: 'Science' }).getByRole('checkbox', { name: 'Nature' }).check();
    await page.getByRole('button', { name: 'Follow what is chosen' }).click();
    await expect(page.getByRole('heading', { name: 'Or begin with some of these' })).toHaveCount(0);
    expect(await query(stack, 'SELECT url FROM feeds ORDER BY url')).toEqual([
      { url: 'https://www.nature.com/nature.rss' },
      { url: 'https://xkcd.com/atom.xml' },
    ]);
  });
});
