import { expect, test } from './support/test';

test('the process tells how it is', async ({ request }) => {
  expect((await request.get('/healthz')).status()).toBe(200);
  const ready = await request.get('/readyz');
  expect(ready.status()).toBe(200);
  expect(await ready.json()).toEqual({ ready: true, database: 'ok', queue: 'ok' });
  const metrics = await request.get('/metrics');
  expect(metrics.headers()['content-type']).toMatch(/^text\/plain/);
  expect(await metrics.text()).toMatch(/^# TYPE /m);
});
