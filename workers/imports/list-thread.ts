import { readFeedList } from '@/lib/feed/opml/read-feed-list';
import type { FeedList } from '@/lib/feed/opml/types';

/** Entry of a thread: piscina calls it once for each file. */
export default function runTask(bytes: Uint8Array): FeedList {
  return readFeedList(bytes);
}
