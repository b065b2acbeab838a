import { addFeed, expect, test } from './support/test';

for (const { typed, says } of [
  { typed: '', says: /address of a feed or a site/ },
  { typed: 'ftp://example.org/feed', says: /Only http and https/ },
  { typed: 'https://user:secret@example.org/', says: /user name or a password/ },
]) {
  test(`“${typed}” is refused, and stays there to be mended`, async ({ page }) => {
    await page.goto('/');
    await addFeed(page, typed);
    const field = page.getByLabel('Feed or site address');
    await expect(page.getByRole('main').getByRole('alert')).toHaveText(says);
    await expect(field).toHaveValue(typed);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
    await expect(field).toHaveAccessibleDescription(says);
    await expect(field).toBeFocused();
    expect(new URL(page.url()).pathname).toBe('/');
  });
}

test('what leads nowhere says so', async ({ page, request }) => {
  for (const path of ['/feeds/999999', '/feeds/abc', '/feeds/99999999999999999999', '/items/1', '/nowhere']) {
    const response = await page.goto(path);
    expect(response?.status(), path).toBe(404);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is nothing here');
  }
  for (const id of ['999999', 'abc', '0', '-1', '1.5', '99999999999999999999']) {
    const response = await request.get(`/api/feeds/${id}/status`);
    expect(response.status(), id).toBe(404);
    expect(await response.json()).toMatchObject({ error: { code: 'not-found' } });
  }
});
