import { makeItems, writeRss } from '../test/support/feed-server';
import {
  addFeed,
  askStatus,
  expect,
  feedIdOf,
  itemsOf,
  SHIFTED,
  statusOf,
  test,
  watchShifts,
} from './support/test';

test('a failing feed says why, and is tried again when asked to', async ({ page, request, site }) => {
  site.serve('/feed', { status: 500, body: 'broken' });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  const feedId = await feedIdOf(page);

  await expect(statusOf(page)).toHaveText(/500|error/);
  await expect(page.getByText(/The last attempt failed/)).toBeVisible();
  await expect(page.getByText(/Next try in /)).toBeVisible();
  const { body } = await askStatus(request, feedId);
  expect(body).toMatchObject({
    status: 'failing',
    attempt: 1,
    error: { code: expect.stringMatching(/^http/) },
  });

  // Still broken: the page follows that attempt to its end.
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByText(/2 attempts in a row have failed/)).toBeVisible();
  expect(site.count('/feed')).toBe(2);

  site.serve('/feed', { body: writeRss('Mended', makeItems(3)) });
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(itemsOf(page)).toHaveCount(3);
  // It never did before.
  await expect(statusOf(page)).toHaveText('3 items are here');
  await expect(page.getByRole('heading', { level: 1, name: 'Mended' })).toBeVisible();
});

test('older items stay readable while a feed fails', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Once well', makeItems(2)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(itemsOf(page)).toHaveCount(2);

  site.serve('/feed', { status: 503 });
  await page.getByText('About this feed').click();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(page.getByText(/The last attempt failed/)).toBeVisible();
  await expect(itemsOf(page)).toHaveCount(2);

  await watchShifts(page);
  await page.reload();
  // It is open while the feed fails, and gets one more row.
  await page.getByText('History of checks').click();
  await expect(page.getByRole('list', { name: 'Checks, newest first' })).toBeHidden();
  site.serve('/feed', { body: writeRss('Once well', makeItems(2)), delayMs: 1500 });
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(statusOf(page)).toHaveText('It works again');
  expect(await page.evaluate(SHIFTED)).toBeLessThan(0.02);
});

test('a feed that is gone says so, and can be removed', async ({ page, site }) => {
  site.serve('/feed', { status: 410 });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(statusOf(page)).toHaveText('This feed is gone');
  await page.getByRole('button', { name: 'Unsubscribe' }).click();
  await expect(statusOf(page)).toHaveText('You no longer follow 1 feed.');
});

test('an address whose server has no secure connection is a click from one without', async ({
  page,
  site,
}) => {
  site.serve('/feed', { body: writeRss('Old harbour', makeItems(3)) });
  await page.goto('/');
  // A name alone is taken for a secure address.
  await addFeed(page, `${new URL(site.origin).host}/feed`);
  await expect(statusOf(page)).toHaveText(/no secure connection/);
  await expect(page.getByRole('list', { name: 'Checks, newest first' })).toContainText(
    'no secure connection',
  );
  const offer = page.getByRole('region', { name: 'New address' });
  await expect(offer).toContainText('It answers without a secure connection');
  await expect(offer).toContainText(`${site.origin}/feed`);
  await offer.getByRole('button', { name: 'Accept the new address' }).click();
  await expect(itemsOf(page)).toHaveCount(3);
  await expect(page.getByRole('heading', { level: 1, name: 'Old harbour' })).toBeVisible();
  await expect(page.getByRole('navigation').getByText('failing')).toHaveCount(0);
});
