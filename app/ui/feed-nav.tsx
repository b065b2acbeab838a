'use client';

import { usePathname, useRouter } from 'next/navigation';
import type { MouseEvent } from 'react';
import type { FeedStatus, IconKey } from '@/lib/store/views';
import { FeedMark } from './feed-mark';
import { FeedTile } from './feed-tile';

/** What the navigation shows of a feed: little, since there may be thousands. */
export interface NavFeed {
  id: number;
  title: string;
  status: FeedStatus;
  icon: IconKey | null;
}

/** Clicks that open a tab, a window or a menu are the browser's. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
}

/**
 * The reader's feeds, each with its state. Plain links and one router for all of them: a component a link costs more
 * than the rest of the page where there are a thousand.
 */
export function FeedNav({ feeds }: { feeds: NavFeed[] }) {
  const pathname = usePathname();
  const router = useRouter();
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    router.push(event.currentTarget.pathname);
  };
  return (
    <ul className="flex flex-col gap-px">
      {feeds.map(({ id, title, status, icon }) => (
        <li key={id}>
          <a
            href={`/feeds/${id}`}
            onClick={follow}
            aria-current={pathname === `/feeds/${id}` ? 'page' : undefined}
            className="nav-link"
          >
            <FeedTile feedId={id} title={title} icon={icon} />
            <bdi className="min-w-0 grow truncate text-left">{title}</bdi>
            <FeedMark status={status} />
          </a>
        </li>
      ))}
    </ul>
  );
}
