import pg from 'pg';
import type { Stack } from './stack';

/** Runs one statement on the database of a stack: states that would take weeks to come about. */
export async function query(stack: Stack, sql: string, values: unknown[] = []): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  await client.connect();
  const { rows } = await client.query(sql, values).finally(() => client.end());
  return rows;
}

/** Subscribes the owner to feeds that are as they may be after some months; none of them is due. */
export async function seedFeeds(stack: Stack, count: number): Promise<void> {
  await query(stack, "INSERT INTO users (name) VALUES ('owner') ON CONFLICT DO NOTHING");
  await query(
    stack,
    `WITH made AS (
       INSERT INTO feeds (url, host, title, status, error_code, error_message, last_item_at, replacement)
       SELECT 'https://host' || n || '.example/feed', 'host' || n || '.example', 'Feed ' || n,
         (CASE WHEN n % 5 = 0 THEN 'GONE' WHEN n % 3 = 0 THEN 'FAILING' ELSE 'READY' END)::feed_status,
         CASE WHEN n % 5 = 0 THEN 'http-410' WHEN n % 3 = 0 THEN 'http-404' END,
         CASE WHEN n % 5 = 0 THEN 'The feed is gone for good, says its server (410).'
           WHEN n % 3 = 0 THEN 'There is nothing at this address (404).' END,
         now() - n * interval '2 days',
         CASE WHEN n % 5 = 0 THEN 'https://host' || n || '.example/new' END
       FROM generate_series(1, $1::int) n RETURNING id)
     INSERT INTO subscriptions (user_id, feed_id) SELECT u.id, made.id FROM users u, made WHERE u.name = 'owner'`,
    [count],
  );
  await query(
    stack,
    `UPDATE feed_schedules SET next_fetch_at = CASE WHEN n % 5 > 0 THEN now() + interval '1 day' END,
       next_reason = 'posts about every 9 hours', sweep_at = CASE WHEN n % 5 > 0 THEN now() + interval '1 day' END,
       requested_at = NULL, last_fetch_at = now() - n * interval '1 minute',
       last_success_at = now() - n * interval '1 hour',
       failures = CASE WHEN n % 5 > 0 AND n % 3 = 0 THEN n ELSE 0 END,
       last_total_ms = CASE WHEN n % 7 = 0 THEN 6000 ELSE n END
     FROM (SELECT id, substring(title FROM '^Feed (\\d+)$')::int AS n FROM feeds) AS made
     WHERE feed_id = id AND n IS NOT NULL`,
  );
}
