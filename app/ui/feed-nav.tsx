import type { SubscriptionView } from '@/lib/store/views';
import { FeedMark } from './feed-mark';
import { FeedTile } from './feed-tile';
import { NavLink } from './nav-link';

/** The reader's feeds, each with its state. */
export function FeedNav({ feeds }: { feeds: SubscriptionView[] }) {
  return (
    <ul className="flex flex-col gap-px">
      {feeds.map((feed) => (
        <li key={feed.feedId}>
          <NavLink href={`/feeds/${feed.feedId}`}>
            <FeedTile feedId={feed.feedId} title={feed.title} />
            <bdi className="min-w-0 grow truncate text-left">{feed.title}</bdi>
            <FeedMark status={feed.status} />
          </NavLink>
        </li>
      ))}
    </ul>
  );
}
