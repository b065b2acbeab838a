interface Titled {
  id: number;
  title: string;
}

/** Numbers within titles sort as numbers, and accents where a reader looks for them. */
const byTitle = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

/**
 * Puts feeds in the order of their titles.
 *
 * @param before what was returned when last asked: what is in order already is hardly compared again, as comparing the
 * titles of thousands takes longer than reading them.
 */
export function orderByTitle<Feed extends Titled>(feeds: readonly Feed[], before: readonly Titled[]): Feed[] {
  const places = new Map(before.map(({ id }, place) => [id, place]));
  const known: (Feed | undefined)[] = before.map(() => undefined);
  const fresh: Feed[] = [];
  for (const feed of feeds) {
    const place = places.get(feed.id);
    if (place === undefined) fresh.push(feed);
    else known[place] = feed;
  }
  return [...known.filter((feed) => feed !== undefined), ...fresh].sort(
    (a, b) => byTitle.compare(a.title, b.title) || a.id - b.id,
  );
}
