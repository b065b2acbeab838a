import type { CSSProperties } from 'react';
import type { IconKey } from '@/lib/store/views';

/** A letter with its marks, a digit, or a picture. */
const FIRST = /\p{L}\p{M}*|\p{N}|\p{Extended_Pictographic}/u;

/** The golden angle sets neighbouring ids far apart on the wheel. */
const GOLDEN_ANGLE = 137.508;

interface FeedTileProps {
  feedId: number;
  title: string;
  icon?: IconKey | null;
  size?: 'small' | 'large';
}

/**
 * A feed's icon; where it has none, a small tile with its first letter, of a hue of its own: feeds are told apart at a
 * glance. Both take the same room. The feed's name stands beside it.
 */
export function FeedTile({ feedId, title, icon = null, size }: FeedTileProps) {
  if (icon !== null) {
    return (
      <span className="feed-tile feed-icon" data-size={size}>
        {/* biome-ignore lint/performance/noImgElement: it has its size already, and Next's image service is off. */}
        <img
          src={`/icons/${icon}/32`}
          srcSet={`/icons/${icon}/64 2x`}
          alt=""
          loading="lazy"
          decoding="async"
        />
      </span>
    );
  }
  const style = { '--hue': Math.round(feedId * GOLDEN_ANGLE) % 360 } as CSSProperties;
  const letter = FIRST.exec(title)?.[0].toUpperCase() ?? '•';
  return (
    <span aria-hidden="true" className="feed-tile" data-size={size} style={style}>
      {letter}
    </span>
  );
}
