'use client';

import { type CSSProperties, memo, useMemo } from 'react';
import type { FeedStatus, IconKey } from '@/lib/store/views';
import { FeedMark } from './feed-mark';
import { FeedTile } from './feed-tile';
import { Unread } from './reader/count-mark';
import { useCount } from './reader/counts';
import { useFrame } from './reader/frame-context';

/** What the navigation shows of a feed: little, since there may be thousands. */
export interface NavFeed {
  id: number;
  title: string;
  status: FeedStatus;
  icon: IconKey | null;
  /** Null: in none. */
  folderId: number | null;
}

/** So many are laid out together when they come into sight. */
const TOGETHER = 50;

interface FeedRowProps {
  feed: NavFeed;
  unread: number;
  /** Whether its page is the one that is shown. */
  here: boolean;
}

/** What has no state of its own is called, not made a component: each one is kept by React, for every feed. */
const FeedRow = memo(function FeedRow({ feed: { id, title, status, icon }, unread, here }: FeedRowProps) {
  return (
    <li>
      <a href={`/feeds/${id}`} aria-current={here ? 'page' : undefined} className="nav-link">
        {FeedTile({ feedId: id, title, icon })}
        <bdi className="min-w-0 grow truncate text-left">{title}</bdi>
        {FeedMark({ status })}
        {Unread({ count: unread })}
      </a>
    </li>
  );
});

/** Feeds that stand together. One listens for the counts of all of them. */
const FeedRows = memo(function FeedRows({ feeds, current }: { feeds: NavFeed[]; current: string | null }) {
  const { counts } = useFrame();
  const unread = useCount(counts, (now) => feeds.map(({ id }) => now[id] ?? 0).join()).split(',');
  return (
    <ul className="nav-feeds" style={{ '--feeds': feeds.length } as CSSProperties}>
      {feeds.map((feed, index) => (
        <FeedRow
          key={feed.id}
          feed={feed}
          unread={Number(unread[index])}
          here={current === `/feeds/${feed.id}`}
        />
      ))}
    </ul>
  );
});

/**
 * Feeds, each with its state and how much of it is unread. Plain links, followed by one listener for all of them, and
 * little more: of thousands, what each one holds is most of what the page holds.
 *
 * @param current the path of the page.
 */
export function FeedNav({ feeds, current }: { feeds: NavFeed[]; current: string }) {
  const parts = useMemo(() => {
    const count = Math.ceil(feeds.length / TOGETHER);
    return Array.from({ length: count }, (_, part) => feeds.slice(part * TOGETHER, (part + 1) * TOGETHER));
  }, [feeds]);
  return parts.map((part) => (
    <FeedRows
      key={part[0]?.id}
      feeds={part}
      current={part.some(({ id }) => current === `/feeds/${id}`) ? current : null}
    />
  ));
}
