function firstLetter(title: string): string {
  const [first] = new Intl.Segmenter().segment(
    title.replace(/^[^\p{L}\p{N}\p{Extended_Pictographic}]+/u, ''),
  );
  return first?.segment.toLocaleUpperCase('en') ?? '•';
}

/** A small tile with a feed's first letter, of a hue of its own: feeds are told apart at a glance. */
export function FeedTile({ feedId, title }: { feedId: number; title: string }) {
  // The golden angle sets neighbouring ids far apart on the wheel.
  const hue = Math.round((feedId * 137.508) % 360);
  return (
    <span
      aria-hidden="true"
      className="grid size-6 shrink-0 place-items-center rounded-md text-xs font-semibold"
      style={{
        background: `light-dark(oklch(0.92 0.04 ${hue}), oklch(0.34 0.045 ${hue}))`,
        color: `light-dark(oklch(0.4 0.09 ${hue}), oklch(0.87 0.06 ${hue}))`,
      }}
    >
      {firstLetter(title)}
    </span>
  );
}
