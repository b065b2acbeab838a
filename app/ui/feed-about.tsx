import type { ReactNode } from 'react';
import type { FeedView } from '@/lib/store/views';
import { RelativeTime } from './relative-time';

interface FeedAboutProps {
  feed: FeedView;
  /** Where permanent redirects lead. */
  movedTo: string | null;
  asOf: string;
  /** How it stands with its hub; null where it has none. */
  hub: ReactNode;
  refresh: ReactNode;
  remove: ReactNode;
}

function Row({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="grid gap-x-4 sm:grid-cols-[8rem_minmax(0,1fr)]">
      <dt className="text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What else is known about a feed, and the way to leave it. */
export function FeedAbout({ feed, movedTo, asOf, hub, refresh, remove }: FeedAboutProps) {
  return (
    <details className="group border-t border-line py-3 text-[0.9375rem]">
      <summary className="inline-flex min-h-11 items-center gap-2 font-medium text-muted hover:text-ink">
        <span aria-hidden="true" className="group-open:rotate-90">
          ›
        </span>
        About this feed
      </summary>
      <dl className="mt-2 grid gap-3">
        {feed.description !== null && (
          <Row name="Description">
            <bdi>{feed.description}</bdi>
          </Row>
        )}
        <Row name="Feed address">
          <a href={feed.url} rel="noreferrer" className="text-accent hover:underline">
            {feed.url}
          </a>
        </Row>
        {feed.nextFetchAt !== null && (
          <Row name="Next check">
            <RelativeTime at={feed.nextFetchAt.toISOString()} asOf={asOf} as="next" />
            {feed.nextReason !== null && `: ${feed.nextReason}`}
          </Row>
        )}
        {hub !== null && <Row name="Hub">{hub}</Row>}
        {movedTo !== null && (
          <Row name="Moving to">
            <bdi>{movedTo}</bdi>: its server has said so, and Tidings follows once that has held for a while.
          </Row>
        )}
        {feed.warnings.length > 0 && (
          <Row name="Mended">
            <ul className="grid gap-1">
              {feed.warnings.map((warning) => (
                <li key={`${warning.code}${warning.message}`}>{warning.message}</li>
              ))}
            </ul>
          </Row>
        )}
      </dl>
      <div className="mt-5 flex flex-wrap gap-3">
        {feed.status === 'ready' && refresh}
        {feed.status !== 'gone' && remove}
      </div>
    </details>
  );
}
