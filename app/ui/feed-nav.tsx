'use client';

import type { FeedStatus, IconKey } from '@/lib/store/views';
import { FeedMark } from './feed-mark';
import { FeedTile } from './feed-tile';
import { CountMark } from './reader/count-mark';

/** What the navigation shows of a feed: little, since there may be thousands. */
export interface NavFeed {
  id: number;
  title: string;
  status: FeedStatus;
  icon: IconKey | null;
  /** Null: in none. */
  folderId: number | null;
}

/**
 * Feeds, each with its state and how much of it is unread. Plain links, followed by one listener for all of them: a
 * component a link costs more than the rest of the page where there are a thousand.
 *
 * @param current the path of the page.
 */
export function FeedNav({ feeds, current }: { feeds: NavFeed[]; current: string }) {
  return (
    <ul className="flex flex-col gap-px">
      {feeds.map(({ id, title, status, icon }) => (
        <li key={id} className="nav-feed">
          <a
            href={`/feeds/${id}`}
            aria-current={current === `/feeds/${id}` ? 'page' : undefined}
            className="nav-link"
          >
            <FeedTile feedId={id} title={title} icon={icon} />
            <bdi className="min-w-0 grow truncate text-left">{title}</bdi>
            <FeedMark status={status} />
            <CountMark feedIds={id} />
          </a>
        </li>
      ))}
    </ul>
  );
}
