import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/ports.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { expectAnswer, startInImage, unpackImage } from '../support/image';
import { makePng } from '../support/pictures';
import { startTestRedis } from '../support/redis';
import { usePostgres } from '../support/use-postgres';

let image: string;
beforeAll(async () => {
  // Nothing to do after `npm test` has built.
  const { code, stderr } = await run(process.execPath, ['scripts/build.mjs', '--if-changed']);
  if (code !== 0) throw new Error(stderr);
  image = await unpackImage();
});
afterAll(() => rm(image, { recursive: true, force: true }));

/** Runs release, then web and worker, as a platform does, in a folder that has only what the image has. */
async function deploy(settings: Record<string, string>) {
  const database = await usePostgres().createEmptyDatabase();
  const [port, workerPort] = [await freePort(), await freePort()];
  const env = {
    ...settings,
    DATABASE_URL: database.url,
    PORT: String(port),
    WORKER_PORT: String(workerPort),
  };
  const release = startInImage(image, 'release', env);
  expect(await release.ended, release.output()).toBe(0);
  const web = startInImage(image, 'web', { ...env, AUTH: 'off' });
  const worker = startInImage(image, 'worker', env);
  return {
    database,
    env,
    web,
    worker,
    site: `http://127.0.0.1:${port}`,
    health: `http://127.0.0.1:${workerPort}`,
  };
}

async function expectToWork(settings: Record<string, string>) {
  const { database, web, worker, site, health } = await deploy(settings);
  await expectAnswer(`${site}/readyz`, web);
  await expectAnswer(`${health}/readyz`, worker);
  const page = await (await fetch(site)).text();
  const [style = ''] = page.match(/\/_next\/static\/[^"]+\.css/) ?? [];
  expect((await fetch(site + style)).headers.get('content-type')).toContain('text/css');
  expect(await Promise.all([web.stop(), worker.stop()])).toEqual([0, 0]);
  await database.drop();
}

describe('the image, with no user but an ordinary one and no files but its own', () => {
  it('migrates, serves pages and works with PostgreSQL alone', () => expectToWork({}));

  it('migrates, serves pages and works with Redis, too', async ({ skip }) => {
    const redis = await startTestRedis();
    if (!redis) return skip('no redis-server here');
    await expectToWork({ REDIS_URL: redis.url });
    await redis.stop();
  });

  it('decodes icons: what is native is in it, too', async () => {
    const decoder = fork(join(image, 'dist/icon-process.js'), {
      serialization: 'advanced',
      env: { NODE_ENV: 'production' },
    });
    const next = () => once(decoder, 'message').then(([answer]) => answer);
    expect(await next()).toEqual({ kind: 'ready' });
    decoder.send({ kind: 'picture', bytes: makePng({ width: 64, height: 64 }) });
    expect(await next()).toMatchObject({ kind: 'picture', picture: { good: true } });
    decoder.disconnect();
    await once(decoder, 'exit');
  });

  it('does not let others in unless it is told to', async () => {
    const web = startInImage(image, 'web', {
      DATABASE_URL: 'postgresql://localhost/x',
      PORT: String(await freePort()),
    });
    expect(await web.ended).toBe(1);
    expect(web.output()).toMatch(/^HOST=0\.0\.0\.0 lets other machines in.*\n$/);
  });

  it('has a release process that says in one sentence that there is no database', async () => {
    const release = startInImage(image, 'release', { DATABASE_URL: 'postgresql://x:secret@127.0.0.1:1/x' });
    expect(await release.ended).toBe(1);
    expect(release.output().trim().split('\n')).toHaveLength(1);
    expect(release.output()).not.toContain('secret');
  });
});
