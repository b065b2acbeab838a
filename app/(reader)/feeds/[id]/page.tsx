import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { removeFeed, tryNow } from '@/app/feeds/actions';
import { acceptReplacement } from '@/app/feeds/health-actions';
import { chooseOffered } from '@/app/feeds/offer-actions';
import { FeedButton } from '@/app/ui/feed-button';
import { FeedHeader } from '@/app/ui/feed-header';
import { FeedNotice } from '@/app/ui/feed-notice';
import { FeedOffers } from '@/app/ui/feed-offers';
import { isUnsettled } from '@/app/ui/feed-progress';
import { FeedSuccessor } from '@/app/ui/feed-successor';
import { ItemList } from '@/app/ui/item-list';
import { parseId } from '@/app/ui/parse-id';
import { readBefore, type SearchParams } from '@/app/ui/read-before';
import { toStatusBody } from '@/app/ui/status-body';
import { currentUser } from '@/lib/auth/current-user';
import { listItems } from '@/lib/store/list-items';
import { readOffers } from '@/lib/store/offers';
import { findMergedFeed, readFeed, readFeedStatus } from '@/lib/store/read-feeds';
import { readFeedsHealth } from '@/lib/store/read-health';
import { countLiveWorkers } from '@/lib/store/workers';
import { FeedFoot } from './feed-foot';

interface FeedPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const loadFeed = cache(async (segment: string) => {
  const id = parseId(segment);
  if (id === null) notFound();
  const user = await currentUser();
  // The status before everything else: were it read later than the items, the page could take itself for
  // settled, and stop following, without them.
  const status = await readFeedStatus(user.id, id);
  const feed = await readFeed(user.id, id);
  if (feed !== null && status !== null) return { userId: user.id, feed, status };
  const merged = await findMergedFeed(user.id, id);
  return merged === null ? notFound() : redirect(`/feeds/${merged}`);
});

export async function generateMetadata({ params }: FeedPageProps): Promise<Metadata> {
  const { feed } = await loadFeed((await params).id);
  return { title: feed.title };
}

/** A feed: how it is, and its items. */
export default async function FeedPage({ params, searchParams }: FeedPageProps) {
  const before = await readBefore(searchParams);
  const { fetches: log } = await searchParams;
  const { userId, feed, status } = await loadFeed((await params).id);
  const [page, workersAlive, [health], offers] = await Promise.all([
    listItems(userId, {
      scope: { kind: 'feed', id: feed.id },
      unread: false,
      order: 'newest',
      cursor: before,
    }),
    countLiveWorkers(),
    readFeedsHealth(userId, [feed.id]),
    readOffers(userId, feed.id),
  ]);
  const asOf = new Date().toISOString();
  const body = toStatusBody(status, workersAlive);
  const remove = (
    <FeedButton feedId={feed.id} action={removeFeed} busy="Removing…">
      Unsubscribe
    </FeedButton>
  );
  const again = (
    <FeedButton feedId={feed.id} action={tryNow} busy="Asking…">
      Try now
    </FeedButton>
  );
  return (
    <>
      {isUnsettled(body) && (
        <noscript>
          {/* The address is said: with a fragment, its own would not be loaded anew. */}
          <meta httpEquiv="refresh" content={`2;url=/feeds/${feed.id}`} />
        </noscript>
      )}
      <FeedHeader feed={feed} asOf={asOf} />
      <FeedNotice
        key={feed.id}
        feed={body}
        host={feed.host}
        nextReason={feed.nextReason}
        asOf={asOf}
        tryNow={again}
        remove={remove}
      />
      {health !== undefined && health.replacement !== null && (
        <FeedSuccessor feedId={feed.id} address={health.replacement} accept={acceptReplacement} />
      )}
      <FeedOffers feedId={feed.id} offers={offers} choose={chooseOffered} />
      {feed.status === 'ready' && page.items.length === 0 && (
        <p className="mt-8 text-muted">
          {before === undefined
            ? 'The feed has no items yet. They appear here when it has some.'
            : 'Nothing older.'}
        </p>
      )}
      <div className="mt-4">
        <ItemList
          page={page}
          path={`/feeds/${feed.id}`}
          continued={before !== undefined}
          asOf={asOf}
          withFeed={false}
        />
      </div>
      {/* The items will stand where it stands now: it waits until they do. */}
      {(feed.itemCount > 0 || !isUnsettled(body)) && (
        <FeedFoot
          userId={userId}
          feed={feed}
          movedTo={health?.movedTo ?? null}
          log={typeof log === 'string' ? log : null}
          fetching={isUnsettled(body)}
          asOf={asOf}
          refresh={again}
          remove={remove}
        />
      )}
    </>
  );
}
