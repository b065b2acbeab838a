import Link from 'next/link';
import type { FeedView } from '@/lib/store/views';
import { FeedTile } from './feed-tile';
import { langTag } from './lang-tag';
import { RelativeTime } from './relative-time';

function countItems(count: number): string {
  return count === 1 ? 'One item' : `${count.toLocaleString('en')} items`;
}

function Checked({ feed, asOf }: { feed: FeedView; asOf: string }) {
  if (feed.lastFetchedAt === null) return <span>Not fetched yet</span>;
  return (
    <>
      <span>{countItems(feed.itemCount)}</span>
      <span>
        checked <RelativeTime at={feed.lastFetchedAt.toISOString()} asOf={asOf} />
      </span>
      {feed.status === 'ready' && feed.nextFetchAt !== null && (
        <span title={feed.nextReason ?? undefined}>
          next <RelativeTime at={feed.nextFetchAt.toISOString()} asOf={asOf} as="next" />
        </span>
      )}
    </>
  );
}

/** A feed's title, its site, and how it is. */
export function FeedHeader({ feed, asOf }: { feed: FeedView; asOf: string }) {
  return (
    <header>
      <div className="flex items-start gap-3">
        <span className="pt-0.5 sm:pt-1">
          <FeedTile feedId={feed.id} title={feed.title} icon={feed.icon} size="large" />
        </span>
        <h2
          className="font-serif text-2xl leading-tight font-semibold tracking-tight text-balance sm:text-3xl"
          dir="auto"
          lang={langTag(feed.language, feed.title)}
        >
          {feed.title}
        </h2>
      </div>
      <p className="mt-2 dotted flex flex-wrap items-center text-sm text-muted">
        <span>
          <a
            href={feed.siteUrl ?? feed.url}
            rel="noreferrer"
            className="inline-flex min-h-11 items-center text-accent hover:underline lg:min-h-8"
          >
            {(feed.siteUrl && URL.parse(feed.siteUrl)?.host) || feed.host}
          </a>
        </span>
        <Checked feed={feed} asOf={asOf} />
        <span>
          <Link
            href={`/feeds/${feed.id}/settings`}
            prefetch={false}
            className="inline-flex min-h-11 items-center text-accent hover:underline lg:min-h-8"
          >
            Settings
          </Link>
        </span>
      </p>
    </header>
  );
}
