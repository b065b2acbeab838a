import { writeOpml } from '@/lib/feed/opml/write-opml';
import { exportSubscriptions } from '@/lib/store/export-subscriptions';

/** @returns everything that a user follows, as an OPML document. */
export async function exportOpml(userId: number): Promise<string> {
  const { feeds, folders } = await exportSubscriptions(userId);
  return writeOpml(feeds, folders, new Date());
}
