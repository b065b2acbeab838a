import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { sendRedis } from '../../scripts/lib/redis-command';
import { startTestRedis } from '../support/redis';
import { usePostgres } from '../support/use-postgres';

async function ask(url: string, sql: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client.query(sql).finally(() => client.end());
}

describe('the PostgreSQL for tests', () => {
  it('gives databases that are migrated and do not share anything', async () => {
    const postgres = usePostgres();
    const [one, two] = [await postgres.createDatabase(), await postgres.createDatabase()];
    await ask(one.url, 'CREATE TABLE only_here ()');
    const tables = "SELECT to_regclass('only_here') AS mine, to_regclass('_prisma_migrations') AS migrated";
    expect((await ask(one.url, tables)).rows).toEqual([
      { mine: 'only_here', migrated: '_prisma_migrations' },
    ]);
    expect((await ask(two.url, tables)).rows).toEqual([{ mine: null, migrated: '_prisma_migrations' }]);
    await Promise.all([one.drop(), two.drop()]);
  });

  it('comes back at the same address with its data', async () => {
    const postgres = usePostgres();
    const database = await postgres.createDatabase();
    await ask(database.url, 'CREATE TABLE kept ()');
    await postgres.restart(async () => {
      await expect(ask(database.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
    });
    await ask(database.url, 'TABLE kept');
    await database.drop();
  });
});

describe('the Redis for tests', () => {
  it('is emptied, goes away and comes back', async ({ skip }) => {
    const redis = await startTestRedis();
    if (!redis) return skip('no redis-server here');
    await sendRedis(redis.url, ['SET', 'key', 'value']);
    await redis.flush();
    expect(await sendRedis(redis.url, ['DBSIZE'])).toEqual({ ok: '0' });
    await redis.stop();
    expect(await sendRedis(redis.url, ['PING'])).toEqual({
      unreachable: expect.stringContaining('ECONNREFUSED'),
    });
    await redis.start();
    expect(await sendRedis(redis.url, ['PING'])).toEqual({ ok: 'PONG' });
    expect(await sendRedis(`${redis.url.replace('//', '//:wrong@')}`, ['PING'])).toHaveProperty('refused');
    await redis.stop();
  });
});
