import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { removeFeed, tryNow } from '@/app/feeds/actions';
import { acceptReplacement } from '@/app/feeds/health-actions';
import { chooseOffered } from '@/app/feeds/offer-actions';
import { FeedAside } from '@/app/ui/feed-aside';
import { FeedButton } from '@/app/ui/feed-button';
import { FeedHeader } from '@/app/ui/feed-header';
import { FeedNotice } from '@/app/ui/feed-notice';
import { FeedOffers } from '@/app/ui/feed-offers';
import { isUnsettled } from '@/app/ui/feed-progress';
import { FeedSuccessor } from '@/app/ui/feed-successor';
import { KeepFocus } from '@/app/ui/keep-focus';
import { parseId } from '@/app/ui/parse-id';
import type { SearchParams } from '@/app/ui/read-before';
import { toStatusBody } from '@/app/ui/status-body';
import { currentUser } from '@/lib/auth/current-user';
import { readOffers } from '@/lib/store/offers';
import { findMergedFeed, readFeed, readFeedStatus } from '@/lib/store/read-feeds';
import { readFeedsHealth } from '@/lib/store/read-health';
import { countLiveWorkers } from '@/lib/store/workers';
import { ListPage } from '../../list-page';
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

/** A feed: its items, and beside them how it is. */
export default async function FeedPage({ params, searchParams }: FeedPageProps) {
  const query = await searchParams;
  const { userId, feed, status } = await loadFeed((await params).id);
  const [workersAlive, [health], offers] = await Promise.all([
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
  const notice = (
    <KeepFocus label="How this feed is" className="list-notice">
      {isUnsettled(body) && (
        <noscript>
          {/* The address is said: with a fragment, its own would not be loaded anew. */}
          <meta httpEquiv="refresh" content={`2;url=/feeds/${feed.id}`} />
        </noscript>
      )}
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
        <FeedSuccessor
          feedId={feed.id}
          url={feed.url}
          address={health.replacement}
          accept={acceptReplacement}
        />
      )}
      <FeedOffers feedId={feed.id} offers={offers} choose={chooseOffered} />
    </KeepFocus>
  );
  return (
    <ListPage
      scope={{ kind: 'feed', id: feed.id }}
      name={`feed-${feed.id}`}
      path={`/feeds/${feed.id}`}
      title={feed.title}
      icon={feed.icon}
      params={query}
      notice={notice}
      empty={
        feed.itemCount > 0 ? undefined : (
          <p className="empty-list">
            {feed.status === 'ready' && 'The feed has no items yet. They appear here when it has some.'}
          </p>
        )
      }
      aside={
        <FeedAside path={`/feeds/${feed.id}`}>
          <FeedHeader feed={feed} asOf={asOf} />
          {/* What is awaited stands in its list first. */}
          {(feed.itemCount > 0 || !isUnsettled(body)) && (
            <FeedFoot
              userId={userId}
              feed={feed}
              movedTo={health?.movedTo ?? null}
              log={typeof query.fetches === 'string' ? query.fetches : null}
              fetching={isUnsettled(body)}
              asOf={asOf}
              refresh={again}
              remove={remove}
            />
          )}
        </FeedAside>
      }
    />
  );
}
