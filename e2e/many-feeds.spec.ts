import { seedFeeds } from './support/query';
import { expect, test } from './support/test';

const FEEDS = 200;

test.describe('whoever has many feeds', () => {
  test.use({ withWorker: false });

  test('gets them all, by themselves, once', async ({ page, stack }) => {
    await seedFeeds(stack, FEEDS);
    const asked: string[] = [];
    page.on('response', (response) => {
      if (response.url().includes('/api/feed-list')) asked.push(response.url());
    });
    const feeds = page.getByRole('navigation', { name: 'Feeds' }).getByRole('link');
    await page.goto('/all');
    await expect(feeds).toHaveCount(FEEDS);
    await expect(feeds.last()).toContainText(`Feed ${FEEDS}`);
    expect(asked).toHaveLength(1);
    // The address names what they are: it is another once they are.
    await page.goto('/feeds');
    const first = new URL(asked[0] ?? '').search;
    expect(
      await page.evaluate(
        `fetch('/api/feed-list${first}').then(({ headers }) => headers.get('cache-control'))`,
      ),
    ).toBe('private, max-age=31536000, immutable');
    expect(
      await page.evaluate(
        "fetch('/api/feed-list?version=1-x').then(({ headers }) => headers.get('cache-control'))",
      ),
    ).toBe('no-store');
  });
});

test.describe('without JavaScript', () => {
  test.use({ withWorker: false, javaScriptEnabled: false });

  test('the first of many feeds are there, and a way to the others', async ({ page, stack }) => {
    await seedFeeds(stack, FEEDS);
    await page.goto('/all');
    const feeds = page.getByRole('navigation', { name: 'Feeds' });
    await expect(feeds.getByRole('link', { name: /^\S* ?Feed 1\b/ })).toBeVisible();
    await feeds.getByRole('link', { name: `All ${FEEDS} feeds` }).click();
    await expect(page).toHaveURL(/\/feeds$/);
  });
});
