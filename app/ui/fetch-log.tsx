import type { FeedDay, FetchPage } from '@/lib/store/health-views';
import { ButtonLink } from './button-link';
import { DaysPicture } from './days-picture';
import { FetchRow } from './fetch-row';
import { Fold } from './fold';

interface FetchLogProps {
  feedId: number;
  page: FetchPage;
  days: FeedDay[];
  /** The page that was asked for: a cursor, or `newest`; null when none was. */
  shown: string | null;
  /** Whether something is wrong with the feed: what has been tried is what one looks for then. */
  fails: boolean;
  /** Whether an attempt is awaited or going on. */
  fetching: boolean;
  asOf: string;
}

/** Every attempt to fetch a feed, folded away while all is well: reading comes first. */
export function FetchLog({ feedId, page, days, shown, fails, fetching, asOf }: FetchLogProps) {
  // On a phone, what is known about a feed has the page to itself, or is not seen.
  const path = `/feeds/${feedId}?about=1`;
  const continued = shown !== null && shown !== 'newest';
  return (
    <Fold id="history" of={feedId} open={fails || shown !== null} title="History of checks">
      <DaysPicture days={days} />
      <ol aria-label="Checks, newest first" className="mt-4">
        {/* As tall as what will stand here. */}
        {fetching && !continued && (
          <li className="grid min-h-28 content-center border-b border-line text-muted">
            <span className="breathe">Being fetched…</span>
          </li>
        )}
        {page.fetches.map((fetch) => (
          <FetchRow key={fetch.id} fetch={fetch} asOf={asOf} />
        ))}
      </ol>
      {page.fetches.length === 0 && !fetching && <p className="text-muted">No checks to show.</p>}
      <nav aria-label="Pages of checks" className="mt-3 flex flex-wrap gap-3 empty:hidden">
        {continued && <ButtonLink href={`${path}&fetches=newest#history`}>Newest checks</ButtonLink>}
        {page.nextCursor !== null && (
          <ButtonLink href={`${path}&fetches=${page.nextCursor}#history`}>Older checks</ButtonLink>
        )}
      </nav>
    </Fold>
  );
}
