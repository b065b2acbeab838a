import type pg from 'pg';
import { writeVector } from '@/lib/feed/search/write-vector';
import { addPassword } from '../account-rows';

/** In everything that belongs to the reader whom others try to reach: an answer with it has told something. */
export const SECRET = 'AliceSecret';
/** What she signs in with. */
export const VICTIM = `alice-${SECRET}`.toLowerCase();
/** Finds it, and can be told from it where a page repeats what was searched for. */
export const SOUGHT = SECRET.toLowerCase();

/** Numbers by which something can be asked for. */
export interface Ids {
  user: number;
  feed: number;
  folder: number;
  item: number;
  import: number;
  session: number;
  token: number;
  passkey: number;
  invitation: number;
  name: string;
  undo: string;
}

/** What is asked for in comparison: there never is anything under these. As long as the others, to be told apart less. */
export const ABSENT: Ids = {
  user: 799_991,
  feed: 799_992,
  folder: 799_993,
  item: 799_994,
  import: 799_995,
  session: 799_996,
  token: 799_997,
  passkey: 799_998,
  invitation: 799_999,
  name: 'nobody-at-all',
  undo: '00000000-0000-4000-8000-000000000002',
};
const UNDO = '00000000-0000-4000-8000-000000000001';

/** Whatever belongs to her is made with this in the title, and with ids that occur nowhere else. */
export async function makeVictim(sql: pg.Client): Promise<Ids> {
  const { rows } = await sql.query(
    "SELECT relname FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace",
  );
  for (const { relname } of rows) await sql.query(`ALTER SEQUENCE "${relname}" RESTART 710001`);
  const insert = async (text: string, values: unknown[]): Promise<number> =>
    Number((await sql.query(`${text} RETURNING *`, values)).rows[0].id);
  const user = await insert('INSERT INTO users (name, username) VALUES ($1, $1)', [VICTIM]);
  await addPassword(sql, user);
  const session = await insert(
    "INSERT INTO sessions (user_id, token, user_agent, expires_at) VALUES ($1, $2, $2, now() + interval '1 day')",
    [user, SECRET],
  );
  const token = await insert(
    "INSERT INTO api_tokens (user_id, name, hash, scope) VALUES ($1, $2, $3, 'WRITE')",
    [user, SECRET, Buffer.from(SECRET)],
  );
  const passkey = await insert(
    `INSERT INTO passkeys (user_id, name, public_key, credential_id, counter, device_type, backed_up)
     VALUES ($1, $2, $2, $2, 0, 'singleDevice', false)`,
    [user, SECRET],
  );
  const invitation = await insert(
    `INSERT INTO one_time_links (made_by_id, note, hash, kind, expires_at)
     VALUES ($1, $2, $3, 'INVITATION', now() + interval '1 day')`,
    [user, SECRET, Buffer.from(SECRET)],
  );
  await insert(
    'INSERT INTO two_factors (user_id, secret, backup_codes, verified) VALUES ($1, $2, $2, false)',
    [user, SECRET],
  );
  const feed = await insert(
    "INSERT INTO feeds (url, host, title, status, replacement) VALUES ($1, 'a.example', $2, 'GONE', $3)",
    [`https://a.example/${SECRET}`, SECRET, `https://a.example/${SECRET}/new`],
  );
  await sql.query(
    "UPDATE feed_schedules SET next_fetch_at = now() + interval '1 day', sweep_at = NULL, requested_at = NULL WHERE feed_id = $1",
    [feed],
  );
  const folder = await insert('INSERT INTO folders (user_id, name) VALUES ($1, $2)', [user, SECRET]);
  await insert('INSERT INTO subscriptions (user_id, feed_id, folder_id, title) VALUES ($1, $2, $3, $4)', [
    user,
    feed,
    folder,
    SECRET,
  ]);
  const item = await insert(
    `INSERT INTO items (feed_id, identity, content_hash, title, url, html, excerpt, sort_at, categories)
     VALUES ($1, 'a', 'b', $2, $3, $2, $2, now(), '{}')`,
    [feed, SECRET, `https://a.example/${SECRET}`],
  );
  const searched = { title: SECRET, author: null, html: SECRET, feedId: feed, sortAt: new Date() };
  await sql.query('INSERT INTO item_search (item_id, feed_id, sort_at, vector) VALUES ($1, $2, $3, $4)', [
    item,
    feed,
    searched.sortAt,
    writeVector(searched),
  ]);
  await sql.query('INSERT INTO item_states (user_id, item_id, starred_at) VALUES ($1, $2, now())', [
    user,
    item,
  ]);
  await sql.query(
    `INSERT INTO mark_undos (token, user_id, marked_at, feed_ids, from_ids, through_ids, unread_ids, fresh_ids)
     VALUES ($1, $2, now(), ARRAY[$3::int], '{0}', ARRAY[$4::bigint], '{}', '{}')`,
    [UNDO, user, feed, item],
  );
  await sql.query(
    "INSERT INTO ended_subscriptions (user_id, feed_id, undo, kept, folder_name) VALUES ($1, $2, $3, '{}', $4)",
    [user, feed, UNDO, SECRET],
  );
  const imported = await insert(
    "INSERT INTO imports (user_id, file_name, status, total, due_at) VALUES ($1, $2, 'DONE', 1, NULL)",
    [user, `${SECRET}.opml`],
  );
  await sql.query(
    "INSERT INTO import_rows (import_id, position, address, title, outcome, feed_id) VALUES ($1, 1, $2, $3, 'ADDED', $4)",
    [imported, `https://a.example/${SECRET}`, SECRET, feed],
  );
  const made = { user, feed, folder, item, session, token, passkey, invitation };
  return { ...made, import: imported, name: VICTIM, undo: UNDO };
}

const HERS = ['user', 'feed', 'item', 'import'] as const;

/** Columns that lead from a table to what is hers. */
const WAYS: [column: string, id: (typeof HERS)[number]][] = [
  ['user_id', 'user'],
  ['made_by_id', 'user'],
  ['feed_id', 'feed'],
  ['item_id', 'item'],
  ['import_id', 'import'],
];

/** @returns a statement for every row that is hers: the tables are asked for, so that none is forgotten. */
async function writeDump(sql: pg.Client): Promise<string> {
  const { rows } = await sql.query<{ table_name: string; names: string[] }>(
    `SELECT table_name, array_agg(column_name::text) AS names FROM information_schema.columns
     WHERE table_schema = 'public' GROUP BY table_name ORDER BY table_name`,
  );
  const selects = rows.flatMap(({ table_name: table, names }) => {
    const ways = WAYS.filter(([column]) => names.includes(column));
    if (table === 'users') ways.push(['id', 'user']);
    if (table === 'feeds') ways.push(['id', 'feed']);
    if (ways.length === 0) return [];
    const where = ways.map(([column, id]) => `"${column}" = $${HERS.indexOf(id) + 1}`).join(' OR ');
    return [`SELECT '${table}' AS "table", t::text AS row FROM "${table}" t WHERE ${where}`];
  });
  return `${selects.join(' UNION ALL ')} ORDER BY 1, 2`;
}

let dump: Promise<string> | undefined;

/** @returns every row that is hers, of whichever table, as text, as all of them were at one moment. */
export async function dumpVictim(sql: pg.Client, ids: Ids): Promise<Record<string, string[]>> {
  // The tables stay the same while a file runs, and there are a thousand dumps.
  dump ??= writeDump(sql);
  const { rows } = await sql.query<{ table: string; row: string }>({
    name: 'dump',
    text: await dump,
    values: HERS.map((id) => ids[id]),
  });
  const dumped: Record<string, string[]> = {};
  for (const { table, row } of rows) {
    dumped[table] ??= [];
    dumped[table].push(row);
  }
  return dumped;
}
