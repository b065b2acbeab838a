import type { ReactNode } from 'react';
import { ButtonLink } from './button-link';
import { isAbandoned } from './feed-headline';
import { currentStep, type FeedStatusBody, isUnsettled } from './feed-progress';
import { FetchSteps } from './fetch-steps';
import { RelativeTime } from './relative-time';

export interface FeedNoticeProps {
  feed: FeedStatusBody;
  host: string;
  /** Why the next fetch is when it is, in words. */
  nextReason: string | null;
  /** When the server rendered, ISO. */
  asOf: string;
  tryNow: ReactNode;
  remove: ReactNode;
}

/** Servers that are well have answered by then. */
const SILENT_SECONDS = 3;

function progressDetail(feed: FeedStatusBody, host: string): string {
  if (isAbandoned(feed)) {
    return 'The address is saved. Fetching starts as soon as a worker does, and this page will notice.';
  }
  if (feed.stage === null) return 'The address is saved. It is next in line.';
  const silent = feed.stage === 'connecting' && (feed.waitedSeconds ?? 0) >= SILENT_SECONDS;
  const happens = silent ? `${host} has not answered yet.` : `Fetching from ${host}.`;
  return `${happens} It goes on if you leave this page.`;
}

function ProgressBody({ feed, host, remove }: FeedNoticeProps) {
  return (
    <>
      <p className="text-[0.9375rem] text-muted">{progressDetail(feed, host)}</p>
      <FetchSteps current={currentStep(feed)} held={isAbandoned(feed)} />
      {feed.itemCount === 0 && <div className="mt-2">{remove}</div>}
    </>
  );
}

/** Failures that another name and password may end (lib/ops/fetch-error.ts). */
const WANTS_PASSWORD: ReadonlySet<string> = new Set(['http-401', 'wrong-password', 'locked-password']);

function FailingBody({ feed, nextReason, asOf, tryNow, remove }: FeedNoticeProps) {
  const attempts =
    feed.attempt > 1 ? `${feed.attempt} attempts in a row have failed` : 'The last attempt failed';
  return (
    <>
      <p className="text-[0.9375rem] text-muted">
        {attempts}
        {feed.lastFetchedAt !== null && (
          <>
            {feed.attempt > 1 && ', the latest'} <RelativeTime at={feed.lastFetchedAt} asOf={asOf} />
          </>
        )}
        .{' '}
        {feed.nextFetchAt !== null && (
          <>
            Next try <RelativeTime at={feed.nextFetchAt} asOf={asOf} as="next" />
            {nextReason === null ? '.' : `: ${nextReason.replace(/\.?$/, '.')}`}
          </>
        )}
      </p>
      <div className="flex flex-wrap gap-3">
        {tryNow}
        {WANTS_PASSWORD.has(feed.error?.code ?? '') && (
          <ButtonLink href={`/feeds/${feed.id}/settings#password`}>Set its password</ButtonLink>
        )}
        {feed.itemCount === 0 && remove}
      </div>
    </>
  );
}

function GoneBody({ feed, tryNow, remove }: FeedNoticeProps) {
  return (
    <>
      <p className="text-[0.9375rem] text-muted">
        {feed.error?.message ?? 'Its site has taken it down.'} Tidings no longer asks for it
        {feed.itemCount > 0 && '; what it brought stays here until you remove it'}.
      </p>
      <div className="flex flex-wrap gap-3">
        {tryNow}
        {remove}
      </div>
    </>
  );
}

/** What a feed's state means, and what one can do about it. */
export function FeedNoticeBody(props: FeedNoticeProps) {
  const { feed } = props;
  if (isUnsettled(feed)) return <ProgressBody {...props} />;
  if (feed.status === 'failing') return <FailingBody {...props} />;
  if (feed.status === 'gone') return <GoneBody {...props} />;
  return <p className="text-[0.9375rem] text-muted">Fetched just now.</p>;
}
