import { query, seedFeeds } from './support/query';
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

  // A worker that lives, and does not get round to its feeds.
  await query(
    stack,
    `INSERT INTO workers (id, host, pid, beat_at)
     VALUES (gen_random_uuid(), 'busy.example', 1, now() + interval '1 hour')`,
  );
  const due = `UPDATE feed_schedules SET next_fetch_at = now() + $1::interval, sweep_at = now() + $1::interval
     WHERE next_fetch_at IS NOT NULL`;
  await query(stack, due, ['-200 seconds']);
  await expect(async () => {
    await page.reload();
    await expect(line).toHaveText(/Feeds are being checked 3 minutes late/, { timeout: 2000 });
  }).toPass({ timeout: 40_000 });
  await query(stack, due, ['1 day']);
  await query(stack, "DELETE FROM workers WHERE host = 'busy.example'");

  await stack.ensureWorker();
  await expect(line).toBeEmpty({ timeout: 40_000 });
  expect(await page.evaluate(SHIFTED)).toBe(0);
});
