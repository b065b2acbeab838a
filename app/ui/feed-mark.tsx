import type { FeedStatus } from '@/lib/store/views';

const WORDS: Record<Exclude<FeedStatus, 'ready'>, { text: string; tone: string }> = {
  queued: { text: 'waiting', tone: 'text-accent' },
  fetching: { text: 'fetching', tone: 'text-accent' },
  failing: { text: 'failing', tone: 'text-warn' },
  gone: { text: 'gone', tone: 'text-muted' },
};

/** What is unusual about a feed, in one word; nothing while all is well. */
export function FeedMark({ status }: { status: FeedStatus }) {
  if (status === 'ready') return null;
  const { text, tone } = WORDS[status];
  return <span className={`shrink-0 text-xs font-medium ${tone}`}>{text}</span>;
}
