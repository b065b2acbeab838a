import type { CSSProperties } from 'react';

/** A letter with its marks, a digit, or a picture. */
const FIRST = /\p{L}\p{M}*|\p{N}|\p{Extended_Pictographic}/u;

/** The golden angle sets neighbouring ids far apart on the wheel. */
const GOLDEN_ANGLE = 137.508;

/** A small tile with a feed's first letter, of a hue of its own: feeds are told apart at a glance. */
export function FeedTile({ feedId, title }: { feedId: number; title: string }) {
  const style = { '--hue': Math.round(feedId * GOLDEN_ANGLE) % 360 } as CSSProperties;
  const letter = FIRST.exec(title)?.[0].toUpperCase() ?? '•';
  return (
    <span aria-hidden="true" className="feed-tile" style={style}>
      {letter}
    </span>
  );
}
