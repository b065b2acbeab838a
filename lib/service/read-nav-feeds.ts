import { listSubscriptions } from '@/lib/store/read-feeds';
import type { SubscriptionView } from '@/lib/store/views';

/** So many readers' feeds are kept. */
const KEPT = 50;

interface Kept {
  version: string;
  feeds: Promise<SubscriptionView[]>;
  /** The last that were read. */
  before: SubscriptionView[];
}

/** Next bundles routes apart from each other: one state a process, wherever it is imported. */
const shared = globalThis as typeof globalThis & { tidingsNavFeeds?: Map<number, Kept> };

/**
 * The reader's feeds by title. Reading thousands and putting them in order takes longer than all else of a page: they
 * are kept for as long as they are the same.
 *
 * @param version what `readOverview` says that they are.
 * @returns the same array for the same version.
 */
export async function readNavFeeds(userId: number, version: string): Promise<SubscriptionView[]> {
  shared.tidingsNavFeeds ??= new Map();
  const kept = shared.tidingsNavFeeds;
  const known = kept.get(userId);
  if (known?.version === version) return known.feeds;
  const before = known?.before ?? [];
  const feeds = listSubscriptions(userId, before);
  const entry: Kept = { version, feeds, before };
  kept.delete(userId);
  kept.set(userId, entry);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  try {
    entry.before = await feeds;
    return entry.before;
  } catch (error) {
    if (kept.get(userId) === entry) kept.delete(userId);
    throw error;
  }
}
