import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestDatabase } from '../support/postgres';
import { usePostgres } from '../support/use-postgres';

let database: TestDatabase;
let client: pg.Client;

const apply = (name: string) => client.query(readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'));

beforeAll(async () => {
  database = await usePostgres().createEmptyDatabase();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const name of ['0001_init', '0002_fetch_politely', '0003_icons_and_hubs', '0004_validators']) {
    await apply(name);
  }
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

it('feeds that are there keep their turns, claims and failures when their schedule moves', async () => {
  const columns = `host, next_fetch_at, next_reason, sweep_at, claim, claim_until, stage, stage_since, slot_at,
    requested_at, last_fetch_at, last_success_at, last_total_ms, failures`;
  await client.query(
    `INSERT INTO feeds (url, ${columns}) VALUES
       ('https://a.example/', 'a.example', '2026-01-01', 'why', '2026-01-02', gen_random_uuid(), '2026-01-03',
        'PARSING', '2026-01-04', '2026-01-05', '2026-01-06', '2026-01-07', '2026-01-08', 9, 10),
       ('https://b.example/', 'b.example', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0)`,
  );
  const read = async (table: string, id: string) =>
    (await client.query(`SELECT ${id} AS id, ${columns} FROM ${table} ORDER BY 1`)).rows;
  const before = await read('feeds', 'id');
  await apply('0005_feed_schedules');
  expect(await read('feed_schedules', 'feed_id')).toEqual(before);
});

it('a feed has a schedule as long as it is there, under its own host', async () => {
  const read = async () =>
    (
      await client.query(
        'SELECT host FROM feed_schedules JOIN feeds USING (host) WHERE id = feed_id ORDER BY 1',
      )
    ).rows;
  await client.query(`INSERT INTO feeds (url, host) VALUES ('https://c.example/', 'c.example')`);
  expect(await read()).toEqual([{ host: 'a.example' }, { host: 'b.example' }, { host: 'c.example' }]);
  await client.query(`UPDATE feeds SET host = 'd.example' WHERE host = 'c.example'`);
  await client.query(`DELETE FROM feeds WHERE host = 'a.example'`);
  expect(await read()).toEqual([{ host: 'b.example' }, { host: 'd.example' }]);
});
