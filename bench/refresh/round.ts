import pg from 'pg';
import { eventually } from '../../test/support/eventually';
import type { Deployment } from '../support/deployment';
import { findParent, readChildrenCpu, readFamilyCpu, readUsage } from '../support/usage';
import { FEEDS, listAddresses, renewSite, type Site } from './site';

const LIMIT_MS = 300_000;

/** CPU seconds by who used them. */
export interface Cpu {
  worker: number;
  postgres: number;
  web: number;
  redis: number;
  /** The feeds' servers and what watches the run, in this process. */
  bench: number;
}

export interface Round {
  seconds: number;
  cpu: Cpu;
}

/** Connects to the deployment's database. */
export async function connect(deployment: Deployment): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: deployment.databaseUrl });
  await client.connect();
  return client;
}

/**
 * Adds feeds that are not there yet as the form does, but all at once, and none of them due: a round makes them so.
 *
 * @returns the first of their numbers; all others are higher.
 */
export async function addFeeds(client: pg.Client, site: Site): Promise<number> {
  renewSite(site);
  await client.query("INSERT INTO users (name) VALUES ('owner') ON CONFLICT DO NOTHING");
  await client.query('BEGIN');
  // What was to be made searchable of those before is none of theirs.
  await client.query('DELETE FROM item_search_queue');
  const { rows } = await client.query(
    `WITH added AS (
       INSERT INTO feeds (url, host) SELECT url, split_part(url, '/', 3) FROM unnest($1::text[]) AS url RETURNING id
     ), subscribed AS (
       INSERT INTO subscriptions (user_id, feed_id) SELECT users.id, added.id FROM added, users
     ) SELECT min(id)::int AS first FROM added`,
    [listAddresses(site)],
  );
  await client.query('UPDATE feed_schedules SET next_fetch_at = NULL, sweep_at = NULL WHERE feed_id >= $1', [
    rows[0].first,
  ]);
  await client.query('COMMIT');
  return rows[0].first;
}

/** @param there SQL that selects what must go. */
async function awaitNone(client: pg.Client, there: string, what: string): Promise<void> {
  await eventually(
    async () => (await client.query(`SELECT NOT EXISTS (${there}) AS none`)).rows[0].none,
    what,
    LIMIT_MS,
  );
}

/** Waits until everything that was stored can be searched: it is made so by the worker that fetches. */
export function awaitIndex(client: pg.Client): Promise<void> {
  return awaitNone(client, 'SELECT FROM item_search_queue', 'all items searchable');
}

/** Waits until PostgreSQL tidies nothing up: after many changes that takes a core for some seconds. */
export function awaitTidy(client: pg.Client): Promise<void> {
  const tidying = "SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'";
  return awaitNone(client, tidying, 'nothing to tidy up');
}

/** Waits until no feed is being fetched, and has none due. */
async function awaitIdle(client: pg.Client): Promise<void> {
  // Each row that is written here is one to tidy up in a round to come.
  await client.query(
    `UPDATE feed_schedules SET next_fetch_at = NULL, sweep_at = NULL
     WHERE claim IS NULL AND (next_fetch_at IS NOT NULL OR sweep_at IS NOT NULL)`,
  );
  await awaitNone(client, 'SELECT FROM feed_schedules WHERE claim IS NOT NULL', 'no feed being fetched');
}

async function readCpu(client: pg.Client, { workers, web }: Deployment): Promise<Cpu> {
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const { user, system } = process.cpuUsage();
  return {
    worker: workers.reduce((sum, { pid }) => sum + readUsage(pid).cpuSeconds, 0),
    postgres: readFamilyCpu(findParent(rows[0].pid)),
    web: readUsage(web.pid).cpuSeconds,
    redis: readChildrenCpu('redis-server'),
    bench: (user + system) / 1e6,
  };
}

function subtract(after: Cpu, before: Cpu): Cpu {
  const names = Object.keys(after) as (keyof Cpu)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as unknown as Cpu;
}

/** Which feeds are due: those from the first on, and of these either all, or only such as can be fetched. */
interface Due {
  first: number;
  hanging: boolean;
}

/** Makes feeds due, and waits until all that can be fetched have been. */
export async function runRound(
  client: pg.Client,
  deployment: Deployment,
  site: Site,
  { first, hanging }: Due,
): Promise<Round> {
  const leftOut = hanging ? [] : site.hanging.map(({ origin }) => origin.replace('http://', ''));
  const { rows: begin } = await client.query('SELECT COALESCE(max(id), 0)::int AS id FROM fetches');
  const before = await readCpu(client, deployment);
  const begun = performance.now();
  await client.query(
    `UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()
     WHERE feed_id >= $1 AND claim IS NULL AND host <> ALL ($2)`,
    [first, leftOut],
  );
  await eventually(
    async () => {
      const { rows } = await client.query(
        "SELECT count(DISTINCT feed_id)::int AS n FROM fetches WHERE id > $1 AND outcome <> 'FAILED'",
        [begin[0].id],
      );
      return rows[0].n >= FEEDS;
    },
    `${FEEDS} feeds fetched`,
    LIMIT_MS,
  );
  const seconds = (performance.now() - begun) / 1000;
  const cpu = subtract(await readCpu(client, deployment), before);
  for (const server of site.hanging) server.release();
  await awaitIdle(client);
  return { seconds, cpu };
}
