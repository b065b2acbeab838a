'use client';

import { formatDay, formatExact, formatRelative, formatShort, formatUpcoming } from './format-time';
import { useNow } from './use-now';

interface RelativeTimeProps {
  /** ISO. */
  at: string;
  /** When the server rendered, ISO. */
  asOf: string;
  /** `ago` and `next` say how far away it is, `short` in little room, `day` names the day. */
  as?: 'ago' | 'next' | 'short' | 'day';
}

/**
 * A moment, with the exact one on hover. The server's words are kept until the page is awake; then it counts
 * on, and the exact time is the reader's own.
 */
export function RelativeTime({ at, asOf, as = 'ago' }: RelativeTimeProps) {
  const clock = useNow();
  const time = Date.parse(at);
  const now = clock ?? Date.parse(asOf);
  const zone = clock === null ? 'utc' : 'local';
  const texts = {
    ago: () => formatRelative(time, now),
    next: () => formatUpcoming(time, now),
    short: () => formatShort(time, now, zone),
    day: () => formatDay(time, zone),
  };
  return (
    <time dateTime={at} title={formatExact(time, zone)}>
      {texts[as]()}
    </time>
  );
}
