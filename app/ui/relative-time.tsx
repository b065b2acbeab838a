'use client';

import { formatExact } from './format-dates';
import { formatRelative, formatUpcoming } from './format-time';
import { useNow } from './use-now';

interface RelativeTimeProps {
  /** ISO. */
  at: string;
  /** When the server rendered, ISO. */
  asOf: string;
  /** `next`: of something planned. */
  as?: 'ago' | 'next';
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
  return (
    <time dateTime={at} title={formatExact(time, zone)}>
      {as === 'ago' ? formatRelative(time, now) : formatUpcoming(time, now)}
    </time>
  );
}
