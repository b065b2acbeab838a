import type { ReactNode } from 'react';
import { FeedAbout } from '@/app/ui/feed-about';
import { FetchLog } from '@/app/ui/fetch-log';
import { HubState } from '@/app/ui/hub-state';
import { listFetches, readFeedDays } from '@/lib/store/read-fetches';
import { readFeedHub } from '@/lib/store/read-hub';
import type { FeedView } from '@/lib/store/views';

interface FeedFootProps {
  userId: number;
  feed: FeedView;
  movedTo: string | null;
  /** Which part of the log is asked for: a cursor, or `newest`; null when none is. */
  log: string | null;
  /** Whether an attempt is awaited or going on. */
  fetching: boolean;
  asOf: string;
  refresh: ReactNode;
  remove: ReactNode;
}

/** What stands folded below a feed's items: the history of its checks, and what else is known about it. */
export async function FeedFoot({
  userId,
  feed,
  movedTo,
  log,
  fetching,
  asOf,
  refresh,
  remove,
}: FeedFootProps) {
  const [page, days, hub] = await Promise.all([
    listFetches(userId, feed.id, { cursor: log ?? undefined }),
    readFeedDays(userId, feed.id),
    readFeedHub(userId, feed.id),
  ]);
  return (
    <div className="mt-12">
      <FetchLog
        feedId={feed.id}
        page={page}
        days={days}
        shown={log}
        fails={feed.status === 'failing' || feed.status === 'gone'}
        fetching={fetching}
        asOf={asOf}
      />
      <FeedAbout
        feed={feed}
        movedTo={movedTo}
        asOf={asOf}
        hub={hub && <HubState hub={hub} asOf={asOf} />}
        refresh={refresh}
        remove={remove}
      />
    </div>
  );
}
