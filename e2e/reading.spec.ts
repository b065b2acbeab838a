import { begin, openTitle, pressAndTell, unreadLink } from './support/reading';
import { expect, itemsOf, test } from './support/test';

test('keys open, mark and star, and what they did is kept', async ({ page, site }) => {
  await begin(page, site);
  await expect(unreadLink(page)).toContainText('3');

  await pressAndTell(page, 'j', '/api/items');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('2');
  await pressAndTell(page, 'j', '/api/items');
  await expect(openTitle(page)).toHaveText('item-2');
  await page.keyboard.press('k');
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(unreadLink(page)).toContainText('1');

  await pressAndTell(page, 'm', '/api/items');
  await expect(unreadLink(page)).toContainText('2');
  await pressAndTell(page, 's', '/api/items');
  await page.reload();
  await expect(openTitle(page)).toHaveText('item-3');
  await expect(page.getByRole('button', { name: 'Remove the star' })).toBeVisible();

  await page.goBack();
  await expect(page).toHaveURL(/\/all$/);
  await page.goto('/starred');
  await expect(itemsOf(page)).toHaveText([/item-3/]);
});

test('all can be marked as read, and that can be undone', async ({ page, site }) => {
  await begin(page, site);
  await pressAndTell(page, 'j', '/api/items');
  await expect(unreadLink(page)).toContainText('2');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/all$/);
  await pressAndTell(page, 'A', '/api/mark-read');
  await expect(unreadLink(page)).toHaveText('Unread');
  await pressAndTell(page, 'z', '/api/undo');
  await expect(unreadLink(page)).toContainText('2');
  await page.reload();
  await expect(unreadLink(page)).toContainText('2');
});

test('Escape closes a menu before the article below it', async ({ page, site }) => {
  await begin(page, site);
  await page.keyboard.press('j');
  await expect(openTitle(page)).toHaveText('item-3');
  await page.getByRole('button', { name: 'Text and colours' }).click();
  const larger = page.getByRole('button', { name: 'Larger text' });
  await expect(larger).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(larger).toBeHidden();
  await expect(openTitle(page)).toHaveText('item-3');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/all$/);
});

test('the help comes and goes, and fields keep their keys', async ({ page, site }) => {
  await begin(page, site);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
  await page.keyboard.press('/');
  await expect(page).toHaveURL(/\/search$/);
  const field = page.getByRole('searchbox');
  await field.focus();
  await page.keyboard.type('jmsA?');
  await expect(field).toHaveValue('jmsA?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeHidden();
  await expect(unreadLink(page)).toContainText('3');
});

test('a key that follows the end of the help at once is not lost', async ({ page, site }) => {
  await begin(page, site);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible();
  // The focus leaves what is closed with the next frame only; until then keys begin there.
  await page.evaluate(`
    document.querySelector('dialog').close();
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: '/', code: 'Slash', bubbles: true }));`);
  await expect(page).toHaveURL(/\/search$/);
});

test('what is done without a network is told later', async ({ page, site, context }) => {
  await begin(page, site);
  await page.keyboard.press('n');
  await context.setOffline(true);
  await page.keyboard.press('m');
  await expect(unreadLink(page)).toContainText('2');
  const told = page.waitForResponse(
    (response) => response.url().endsWith('/api/items') && response.request().method() === 'PATCH',
  );
  await context.setOffline(false);
  expect((await told).ok()).toBe(true);
  await page.reload();
  await expect(unreadLink(page)).toContainText('2');
  await expect(page.locator('.row[data-read]')).toHaveCount(1);
});
