import type { SubscriptionView } from '@/lib/store/views';
import { FeedMark } from './feed-mark';
import { FeedTile } from './feed-tile';

/** Of the form that moves what is chosen: the boxes stand outside of it. */
export const MOVE_FORM = 'move-feeds';

/** The feeds of a folder: each can be chosen, or dragged to another. */
export function FolderFeeds({ feeds }: { feeds: SubscriptionView[] }) {
  if (feeds.length === 0) return <p className="px-4 pb-4 text-sm text-muted">There is nothing in it yet.</p>;
  return (
    <ul className="pb-2">
      {feeds.map((feed) => (
        <li
          key={feed.id}
          data-feed={feed.id}
          draggable
          className="flex min-w-0 items-center gap-1 px-2 hover:bg-accent-wash has-[input:checked]:bg-accent-wash"
        >
          <label className="flex min-h-11 min-w-0 grow items-center gap-3 lg:min-h-9">
            <span className="grid size-9 shrink-0 place-items-center">
              <input
                type="checkbox"
                name="feed"
                value={feed.id}
                form={MOVE_FORM}
                className="size-5"
                // Else the browser would bring back what was chosen before a reload.
                autoComplete="off"
              />
            </span>
            <FeedTile feedId={feed.id} title={feed.title} icon={feed.icon} />
            <bdi className="line-clamp-2 min-w-0 text-[0.9375rem]">{feed.title}</bdi>
          </label>
          <FeedMark status={feed.status} />
          <a
            href={`/feeds/${feed.id}/settings`}
            className="inline-flex min-h-11 shrink-0 items-center px-2 text-sm text-accent hover:underline lg:min-h-9"
          >
            Settings<span className="sr-only"> of {feed.title}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
