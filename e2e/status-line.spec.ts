import { seedFeeds } from './support/query';
import { expect, SHIFTED, test, watchShifts } from './support/test';

test.use({ withWorker: false, viewport: { width: 390, height: 844 } });

test('a line says that no worker runs, and goes by itself when one does', async ({ page, stack }) => {
  await watchShifts(page);
  await seedFeeds(stack, 30);
  await page.goto('/');
  const line = page.getByRole('status', { name: 'Tidings itself' });
  await expect(line).toHaveText(/No worker is running/, { timeout: 40_000 });
  // Nor what can be done to a list, at the foot of a phone.
  const [over, tool] = [
    await line.locator('p').boundingBox(),
    await page.getByRole('button', { name: 'Refresh' }).boundingBox(),
  ];
  expect((over?.y ?? 0) + (over?.height ?? 0)).toBeLessThanOrEqual(tool?.y ?? 0);
  await page.goto('/feeds');
  await expect(line).toHaveText(/No worker is running/);
  expect(await line.boundingBox()).toMatchObject({ x: 0, width: 390 });
  // Whatever has the focus is not hidden by it.
  await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
  const last = page.getByRole('main').getByRole('button').last();
  await last.focus();
  const [button, bar] = [await last.boundingBox(), await line.locator('p').boundingBox()];
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);

  await stack.ensureWorker();
  await expect(line).toBeEmpty({ timeout: 40_000 });
  expect(await page.evaluate(SHIFTED)).toBe(0);
});
