import { makeItems, writeRss } from '../test/support/feed-server';
import { query } from './support/query';
import { addFeed, expect, feedIdOf, itemsOf, SHIFTED, statusOf, test, watchShifts } from './support/test';

const OUTCOMES = /new item|has changed|Nothing new|error of its own/;

test('the history tells each check, renews itself, and moves nothing', async ({ page, site }) => {
  await watchShifts(page);
  site.serve('/feed', { body: writeRss('Harbour', makeItems(3)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(itemsOf(page)).toHaveCount(3);
  const history = page.getByRole('group').filter({ hasText: 'History of checks' });
  const checks = history.getByRole('list', { name: 'Checks, newest first' }).locator('> li');
  await expect(checks.first()).toBeHidden();
  await page.getByText('History of checks').click();
  await expect(checks).toHaveCount(1);
  await expect(checks.first()).toContainText('3 new items');
  for (const phase of ['Connect', 'Wait', 'Download', 'Parse', 'Save'])
    await expect(checks.first()).toContainText(new RegExp(`${phase}\\s*\\d+ ms`));
  await expect(checks.first()).toContainText(/\d+ B|[\d.]+ kB/);
  await expect(checks.first()).toContainText(/HTTP 200/);
  await expect(checks.first()).toContainText(/later: /);
  await expect(history.getByRole('img', { name: /The last 30 days: .* No check failed/ })).toBeVisible();

  site.serve('/feed', { status: 500, delayMs: 2000 });
  await page.getByText('About this feed').click();
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(checks.first()).toHaveText('Being fetched…');
  const before = Number(await page.evaluate(SHIFTED));
  await expect(checks.first()).toContainText('error of its own (500)');
  await expect(checks).toHaveCount(2);
  await expect(checks.filter({ hasText: OUTCOMES })).toHaveCount(2);
  await expect(history.getByRole('img', { name: /1 check failed/ })).toBeVisible();
  // Unfolded it stays, and what stands above it has kept its place.
  await expect(statusOf(page)).toHaveText(/500/);
  expect(Number(await page.evaluate(SHIFTED)) - before).toBeLessThan(0.02);

  // What breaks says how far it came.
  site.serve('/feed', { body: 'x'.repeat(9000), cutAfter: 3000, delayMs: 1500 });
  await page.getByRole('button', { name: 'Try now' }).click();
  await expect(checks.first()).toContainText('broke off');
  await expect(checks.first()).toContainText(
    /Connect\s*\d+ ms\s*Wait\s*(?:1\.[5-9]|[2-9]\.\d) s\s*Download\s*\d+ ms/,
  );
  await expect(checks.first()).toContainText(/HTTP 200\s*3\.0 kB/);
  await expect(checks.first()).not.toContainText('Parse');
});

test('the picture of the last days tells how far back checks are known', async ({ page, site, stack }) => {
  site.serve('/feed', { body: writeRss('Harbour', makeItems(3)) });
  await page.goto('/');
  await addFeed(page, `${site.origin}/feed`);
  await expect(itemsOf(page)).toHaveCount(3);
  const feedId = await feedIdOf(page);
  await query(
    stack,
    `INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, total_ms)
     SELECT $1, date_trunc('day', now(), 'UTC') - n * interval '15 minutes', 'UNCHANGED', 0, 'x', n
     FROM generate_series(1, 199) n`,
    [feedId],
  );
  await page.goto(`/feeds/${feedId}`);
  await page.getByText('History of checks').click();
  const picture = page.getByRole('img', {
    name: /No check failed in the last 3 days; of checks before that nothing is kept\.$/,
  });
  await expect(picture).toBeVisible();
  await expect(picture.getByTestId('unknown-day')).toHaveCount(27);
  await expect(page.getByText('checks not kept').last()).toBeVisible();
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('older checks are a link away', async ({ page, site, stack }) => {
    site.serve('/feed', { body: writeRss('Harbour', makeItems(3)) });
    await page.goto('/');
    await addFeed(page, `${site.origin}/feed`);
    await expect(itemsOf(page)).toHaveCount(3);
    const feedId = await feedIdOf(page);
    await query(
      stack,
      `INSERT INTO fetches (feed_id, started_at, outcome, attempt, url, total_ms, warnings)
       SELECT $1, now(), 'UNCHANGED', 0, 'x', n, '[{"code": "x", "message": "Something was mended."}]'
       FROM generate_series(1, 14) n`,
      [feedId],
    );
    await page.goto(`/feeds/${feedId}`);
    await page.getByText('History of checks').click();
    const checks = page.getByRole('list', { name: 'Checks, newest first' }).locator('> li');
    await expect(checks).toHaveCount(10);
    await expect(checks.first()).toContainText('Something was mended.');
    await page.getByRole('link', { name: 'Older checks' }).click();
    await expect(checks).toHaveCount(5);
    await expect(checks.last()).toContainText('3 new items');
    await page.getByRole('link', { name: 'Newest checks' }).click();
    await expect(checks).toHaveCount(10);
    // On a phone, too, where the list would lie over them.
    await page.setViewportSize({ width: 390, height: 844 });
    await page.getByRole('link', { name: 'Older checks' }).click();
    await expect(checks.last()).toContainText('3 new items');
    await expect(checks.last()).toBeVisible();
  });
});
