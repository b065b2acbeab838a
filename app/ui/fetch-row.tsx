import type { FetchView } from '@/lib/store/health-views';
import { FetchBar } from './fetch-bar';
import { formatExact } from './format-dates';
import { countOf, formatBytes, formatMilliseconds, formatWait } from './format-figures';
import { RelativeTime } from './relative-time';

function sayOutcome(fetch: FetchView): string {
  if (fetch.outcome === 'failed') return fetch.errorMessage ?? 'It failed.';
  if (fetch.outcome === 'unchanged') return 'Nothing has changed';
  const parts = [
    fetch.newItems > 0 && `${countOf(fetch.newItems, 'new item')}`,
    fetch.updatedItems > 0 && `${fetch.updatedItems.toLocaleString('en')} changed`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? 'Nothing new' : parts.join(', ');
}

/** Seen from the attempt, not from now: what was planned then may lie long ago. */
function Next({ fetch: { startedAt, nextFetchAt, nextReason } }: { fetch: FetchView }) {
  if (nextFetchAt === null) return <span>no further check{nextReason !== null && `: ${nextReason}`}</span>;
  return (
    <span>
      next{' '}
      <time dateTime={nextFetchAt.toISOString()} title={formatExact(nextFetchAt.getTime(), 'utc')}>
        {formatWait(nextFetchAt.getTime() - startedAt.getTime())} later
      </time>
      {nextReason !== null && `: ${nextReason}`}
    </span>
  );
}

function Facts({ fetch }: { fetch: FetchView }) {
  return (
    <p className="mt-1.5 dotted flex flex-wrap text-sm text-muted">
      {fetch.httpStatus !== null && <span>HTTP {fetch.httpStatus}</span>}
      {fetch.bytes > 0 && <span>{formatBytes(fetch.bytes)}</span>}
      <Next fetch={fetch} />
    </p>
  );
}

/** One attempt: when, what came of it, where its time went, and what follows. */
export function FetchRow({ fetch, asOf }: { fetch: FetchView; asOf: string }) {
  const failed = fetch.outcome === 'failed';
  return (
    <li className="min-h-28 border-b border-line py-4 last:border-b-0">
      <div className="flex items-baseline justify-between gap-4 text-sm text-muted">
        <RelativeTime at={fetch.startedAt.toISOString()} asOf={asOf} />
        <span className="tabular-nums">
          <span className="sr-only">took </span>
          {formatMilliseconds(fetch.totalMs)}
        </span>
      </div>
      <p className={`mt-0.5 text-[0.9375rem] font-medium ${failed ? 'text-warn' : ''}`}>
        {failed && <span aria-hidden="true">▲ </span>}
        {sayOutcome(fetch)}
      </p>
      <FetchBar phases={fetch.phases} totalMs={fetch.totalMs} />
      <Facts fetch={fetch} />
      {fetch.warnings.length > 0 && (
        <ul aria-label="Mended" className="mt-1.5 grid gap-1 text-sm text-muted">
          {fetch.warnings.map((warning) => (
            <li key={`${warning.code}${warning.message}`}>Mended: {warning.message}</li>
          ))}
        </ul>
      )}
    </li>
  );
}
