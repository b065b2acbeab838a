import { openStore } from '@/lib/store/client';
import { readFeedStatus } from '@/lib/store/read-feeds';

/** An attempt in a feed's log; times in milliseconds. */
export interface LoggedAttempt {
  begun: number;
  tookMs: number;
  outcome: 'UPDATED' | 'UNCHANGED' | 'FAILED';
  /** Items that it is said to have found new, and edited. */
  inserted: number;
  updated: number;
}

/** What the database has of a feed. */
export interface StoredFeed {
  status: string;
  error: string;
  itemCount: number;
  claimed: boolean;
  /** Milliseconds since 1970, as all times here. */
  nextFetchAt: number | null;
  lastFetchedAt: number | null;
  titles: string[];
  attempts: LoggedAttempt[];
}

/** @returns the feeds of a user by their addresses. */
export async function readStored(userId: number): Promise<Map<string, StoredFeed>> {
  const feeds = await openStore().feed.findMany({
    select: {
      id: true,
      url: true,
      items: { select: { title: true } },
      fetches: {
        select: { startedAt: true, totalMs: true, outcome: true, newItems: true, updatedItems: true },
        orderBy: { id: 'asc' },
      },
    },
  });
  const stored = new Map<string, StoredFeed>();
  for (const { id, url, items, fetches } of feeds) {
    const status = await readFeedStatus(userId, id);
    if (status === null) continue;
    stored.set(url, {
      status: status.status,
      error: status.error?.message ?? '',
      itemCount: status.itemCount,
      claimed: status.stage !== null,
      nextFetchAt: status.nextFetchAt?.getTime() ?? null,
      lastFetchedAt: status.lastFetchedAt?.getTime() ?? null,
      titles: items.map(({ title }) => title),
      attempts: fetches.map(({ startedAt, totalMs, outcome, newItems, updatedItems }) => ({
        begun: startedAt.getTime(),
        tookMs: totalMs,
        outcome,
        inserted: newItems,
        updated: updatedItems,
      })),
    });
  }
  return stored;
}

/** @returns the hosts with feeds that are due or claimed: what is broken now may lose a job or a claim of theirs. */
export async function findBusyHosts(): Promise<Set<string>> {
  const rows = await openStore().$queryRaw<{ host: string }[]>`
    SELECT DISTINCT host FROM feed_schedules WHERE claim IS NOT NULL OR next_fetch_at <= now()`;
  return new Set(rows.map(({ host }) => host));
}

/**
 * Lets time pass: what waits for its next time, as all feeds do once they have been fetched, becomes due now. Whoever has
 * a claim, a turn, or somebody waiting for it is left alone.
 */
export async function passTime(sinceMs: number): Promise<void> {
  await openStore().$executeRaw`
    UPDATE feed_schedules SET next_fetch_at = now(), sweep_at = now()
    WHERE claim IS NULL AND slot_at IS NULL AND requested_at IS NULL AND next_fetch_at > now()
      AND last_fetch_at < now() - ${sinceMs} * interval '1 millisecond'`;
}
