import { writeRss } from '../test/support/feed-server';
import { expect, follow, itemsOf, test } from './support/test';

const TITLE = 'الميناء القديم يفتح أبوابه من جديد';

test('an Arabic title runs from the right, read or not, and one in English from the left', async ({
  page,
  site,
}) => {
  site.serve('/feed', {
    body: writeRss('Ports', [
      { guid: 'port', title: TITLE, date: new Date(Date.UTC(2026, 0, 2)) },
      { guid: 'pier', title: 'A pier', date: new Date(Date.UTC(2026, 0, 1)) },
    ]),
  });
  await page.goto(`/feeds/${await follow(page, `${site.origin}/feed`)}`);
  await expect(itemsOf(page)).toHaveCount(2);
  const directionOf = (name: string) =>
    page
      .getByRole('heading', { name })
      .first()
      .evaluate((heading) => getComputedStyle(heading).direction);
  // What a screen reader is told before it does not count.
  await expect(itemsOf(page).first()).toContainText('Unread:');
  expect(await directionOf(TITLE)).toBe('rtl');
  expect(await directionOf('A pier')).toBe('ltr');
  await page.keyboard.press('j');
  await expect(itemsOf(page).first()).not.toContainText('Unread:');
  expect(await directionOf(TITLE)).toBe('rtl');
});
