import type { ReactNode } from 'react';
import type { FeedHealth } from '@/lib/store/health-views';
import { FeedTile } from './feed-tile';
import { countOf, formatMilliseconds } from './format-figures';
import { HealthMark } from './health-mark';
import { PageLink } from './page-link';
import { RelativeTime } from './relative-time';

interface HealthRowProps {
  feed: FeedHealth;
  asOf: string;
  chosen: boolean;
}

function When({ at, asOf, next = false }: { at: Date | null; asOf: string; next?: boolean }) {
  if (at === null) return 'never';
  return <RelativeTime at={at.toISOString()} asOf={asOf} as={next ? 'next' : 'ago'} />;
}

function Figure({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="min-w-0 max-lg:flex max-lg:gap-2">
      <dt className="shrink-0 text-muted max-lg:w-28 lg:sr-only">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

function Figures({ feed, asOf }: { feed: FeedHealth; asOf: string }) {
  const behind = feed.lastSuccessAt?.getTime() !== feed.lastFetchedAt?.getTime();
  return (
    <dl className="health-figures grid gap-y-1 text-sm max-lg:mt-2">
      <Figure name="State">
        <HealthMark feed={feed} />
        {feed.failures > 0 && <span className="block text-muted">{countOf(feed.failures, 'failure')}</span>}
      </Figure>
      <Figure name="Last checked">
        <When at={feed.lastFetchedAt} asOf={asOf} />
        {behind && (
          <span className="block text-muted">
            {feed.lastSuccessAt === null ? (
              'has not worked yet'
            ) : (
              <>
                last worked <When at={feed.lastSuccessAt} asOf={asOf} />
              </>
            )}
          </span>
        )}
      </Figure>
      <Figure name="Newest item">
        {feed.newestItemAt === null ? 'none yet' : <When at={feed.newestItemAt} asOf={asOf} />}
      </Figure>
      <Figure name="Next check">
        <When at={feed.nextFetchAt} asOf={asOf} next />
        {feed.nextReason !== null && <span className="block text-pretty text-muted">{feed.nextReason}</span>}
      </Figure>
      <Figure name="Took">
        <span className="tabular-nums">
          {feed.lastTotalMs === null ? '–' : formatMilliseconds(feed.lastTotalMs)}
        </span>
      </Figure>
    </dl>
  );
}

const DEED =
  'min-h-11 shrink-0 rounded-lg border border-line-strong/50 bg-raised px-3 text-sm font-medium hover:border-accent hover:text-accent lg:min-h-9';

/** What is wrong with a feed, and the one thing that helps most. */
function Remedy({ feed }: { feed: FeedHealth }) {
  const fails = feed.status === 'failing' || feed.status === 'gone';
  const address = feed.replacement ?? feed.movedTo;
  if (!fails && address === null) return null;
  const [deed, label] =
    feed.replacement !== null
      ? ['accept', 'Accept']
      : feed.status === 'gone'
        ? ['remove', 'Unsubscribe…']
        : ['try', 'Try now'];
  return (
    <div className="health-remedy mt-2 flex flex-wrap items-center justify-between gap-x-4 gap-y-2 text-sm">
      <div className="min-w-0 grow basis-48">
        {fails && <p>{feed.errorMessage ?? 'It could not be read.'}</p>}
        {address !== null && (
          <p className="text-muted">
            {feed.replacement === null ? 'Moving to ' : 'Found at its site: '}
            <bdi className="text-ink">{address}</bdi>
          </p>
        )}
      </div>
      {(fails || feed.replacement !== null) && (
        <button type="submit" name="only" value={`${deed}:${feed.id}`} className={DEED}>
          {label}
          <span className="sr-only"> {feed.title}</span>
        </button>
      )}
    </div>
  );
}

/** A feed among all: how it fares, and a box to choose it with. */
export function HealthRow({ feed, asOf, chosen }: HealthRowProps) {
  return (
    <li className="health-row border-b border-line py-3 has-[input:checked]:bg-accent-wash">
      <label className="health-choose grid size-11 place-items-center">
        <input type="checkbox" name="feed" value={feed.id} defaultChecked={chosen} className="size-5" />
        <span className="sr-only">Choose {feed.title}</span>
      </label>
      <div className="health-name min-w-0">
        <h2 className="text-[0.9375rem] font-semibold">
          <PageLink
            href={`/feeds/${feed.id}`}
            className="flex min-h-11 items-center gap-2.5 hover:text-accent lg:min-h-8 lg:items-start"
          >
            <FeedTile feedId={feed.id} title={feed.title} icon={feed.icon} />
            <bdi className="line-clamp-2 min-w-0">{feed.title}</bdi>
          </PageLink>
        </h2>
        <p className="ps-8.5 text-sm text-muted">{feed.host}</p>
      </div>
      <Figures feed={feed} asOf={asOf} />
      <Remedy feed={feed} />
    </li>
  );
}
