'use client';

import { sumCounts, useCount } from './counts';
import { useFrame } from './frame-context';

/**
 * How many items are unread; nothing where none is.
 *
 * @param feedIds one feed, several, or all where left out.
 */
export function CountMark({ feedIds }: { feedIds?: number | readonly number[] }) {
  const { counts } = useFrame();
  const count = useCount(counts, (now) =>
    typeof feedIds === 'number' ? (now[feedIds] ?? 0) : sumCounts(now, feedIds),
  );
  if (count === 0) return null;
  return (
    <span className="count">
      {count.toLocaleString('en')}
      <span className="sr-only"> unread</span>
    </span>
  );
}
