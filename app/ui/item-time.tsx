'use client';

import { formatDay, formatExact, formatShort } from './format-dates';
import { useNow } from './use-now';

interface ItemTimeProps {
  /** ISO. */
  at: string;
  /** When the server rendered, ISO. */
  asOf: string;
  /** `short` says how long ago in little room, `day` names the day. */
  as: 'short' | 'day';
}

/** When an item was published, with the exact moment on hover; moving on as `RelativeTime` does. */
export function ItemTime({ at, asOf, as }: ItemTimeProps) {
  const clock = useNow();
  const time = Date.parse(at);
  const zone = clock === null ? 'utc' : 'local';
  return (
    <time dateTime={at} title={formatExact(time, zone)}>
      {as === 'day' ? formatDay(time, zone) : formatShort(time, clock ?? Date.parse(asOf), zone)}
    </time>
  );
}
