import type { FeedHints, NewItem, ParseWarning } from '@/lib/feed/types';
import { type AttemptLog, LOG_ATTEMPTS, LOG_COLUMNS, toLogRow } from './attempt-log';
import { batchWrites } from './batch-writes';
import { type BulkTransaction, inBulkTransaction } from './bulk-client';
import type { Held } from './finish-fetch';
import { Prisma } from './generated/client';
import { toJson } from './json';
import { type WrittenItems, writeItems } from './write-items';

/** Documents stored in one transaction. */
const MOST = 10;

/** One transaction is read by PostgreSQL while the next is written here. */
const LANES = 2;

/** What a feed says of itself, as read from its document. */
interface FeedFacts {
  siteUrl: string | null;
  title: string | null;
  description: string | null;
  language: string | null;
  icon: string | null;
  hints: FeedHints;
  warnings: ParseWarning[];
}

export interface ReadFeed extends Held {
  facts: FeedFacts;
  items: NewItem[];
  etag: string | null;
  lastModified: string | null;
  /** The address that gave the validators. */
  validatorsUrl: string;
  /** Null where it is not that of the whole document. */
  contentHash: Uint8Array | null;
  /** Called with the numbers known once the items are stored. */
  log: (saved: WrittenItems) => AttemptLog;
}

/** Locks the feeds whose claims hold. @returns for each, whether it has no items yet. */
async function holdClaims(tx: BulkTransaction, reads: ReadFeed[]): Promise<Map<string, boolean>> {
  const rows = await tx.query<{ token: string; first: boolean }>(Prisma.sql`
    SELECT claim AS token, NOT EXISTS (SELECT FROM items WHERE items.feed_id = s.feed_id) AS first
    FROM feed_schedules s
    WHERE feed_id = ANY(${reads.map(({ feedId }) => feedId)}::int[])
      AND claim = ANY(${reads.map(({ token }) => token)}::uuid[])
    ORDER BY feed_id FOR UPDATE OF s`);
  return new Map(rows.map(({ token, first }) => [token, first]));
}

/** The newest item's time, as far as this document tells. */
function findNewest(items: NewItem[]): Date | null {
  const newest = Math.max(...items.map((item) => item.sortAt.getTime()));
  return Number.isFinite(newest) ? new Date(newest) : null;
}

function toRow(read: ReadFeed, saved: WrittenItems) {
  const { feedId, facts, items, contentHash } = read;
  const { warnings } = facts;
  const outcome = { outcome: 'UPDATED', ...saved, errorCode: null, errorMessage: null } as const;
  return {
    ...toLogRow(feedId, read.log(saved), { ...outcome, warnings: warnings.length === 0 ? null : warnings }),
    site_url: facts.siteUrl,
    title: facts.title,
    description: facts.description,
    language: facts.language,
    icon: facts.icon,
    hints: facts.hints,
    all_warnings: warnings,
    etag: read.etag,
    last_modified: read.lastModified,
    validators_url: read.validatorsUrl,
    content_hash: contentHash === null ? null : Buffer.from(contentHash).toString('hex'),
    last_item_at: findNewest(items),
  };
}

function recordReads(tx: BulkTransaction, rows: ReturnType<typeof toRow>[]): Promise<number> {
  return tx.execute(Prisma.sql`
    WITH attempts AS MATERIALIZED (
      SELECT * FROM jsonb_to_recordset(${toJson(rows)}::jsonb) AS attempt (${LOG_COLUMNS}, site_url text, title text,
        description text, language text, icon text, hints jsonb, all_warnings jsonb, etag text, last_modified text,
        validators_url text, content_hash text, last_item_at timestamptz)
    ), scheduled AS (
      UPDATE feed_schedules s SET failures = 0, last_fetch_at = a.started_at, last_success_at = a.started_at,
        last_total_ms = a.total_ms, next_fetch_at = a.next_fetch_at, next_reason = a.next_reason,
        sweep_at = a.next_fetch_at, claim = NULL, claim_until = NULL, stage = NULL, requested_at = NULL
      FROM attempts a WHERE s.feed_id = a.feed_id
    ), done AS (
      UPDATE feeds f SET status = 'READY', site_url = COALESCE(a.site_url, f.site_url),
        title = COALESCE(a.title, f.title), description = a.description, language = a.language, icon = a.icon,
        etag = a.etag, last_modified = a.last_modified, validators_url = a.validators_url,
        content_hash = decode(a.content_hash, 'hex'), hints = a.hints, warnings = a.all_warnings,
        item_count = item_count + a.new_items, last_item_at = GREATEST(f.last_item_at, a.last_item_at),
        error_code = NULL, error_message = NULL, icon_due_at = COALESCE(icon_due_at, now())
      FROM attempts a WHERE f.id = a.feed_id RETURNING f.id
    ), ${LOG_ATTEMPTS}
    SELECT id FROM done`);
}

async function writeReads(reads: ReadFeed[]): Promise<(WrittenItems | null)[]> {
  return inBulkTransaction(async (tx) => {
    const firsts = await holdClaims(tx, reads);
    const held = reads.filter(({ token }) => firsts.has(token));
    if (held.length === 0) return reads.map(() => null);
    const saved = await writeItems(
      tx,
      held.map(({ feedId, items, token }) => ({ feedId, items, first: firsts.get(token) === true })),
    );
    const results = new Map(held.map((read, index) => [read, saved[index] ?? { inserted: 0, updated: 0 }]));
    await recordReads(
      tx,
      [...results].map(([read, written]) => toRow(read, written)),
    );
    return reads.map((read) => results.get(read) ?? null);
  });
}

const writeRead = batchWrites(writeReads, { most: MOST, lanes: LANES });

/**
 * Stores a document that was read: its items, what it says of itself, the attempt, and the next time, all or
 * nothing; together with those that are read at the same time.
 *
 * @returns null when the claim was lost: another worker has the feed, and nothing was written.
 */
export function finishRead(read: ReadFeed): Promise<WrittenItems | null> {
  return writeRead(read);
}
