/** Where is searched, as addresses name it: everywhere, starred items, a folder or a feed. */
export type SearchPlace =
  | { kind: 'all' }
  | { kind: 'starred' }
  | { kind: 'folder'; id: number }
  | { kind: 'feed'; id: number };

export interface AskedSearch {
  text: string;
  place: SearchPlace;
  order: 'date' | 'relevance';
  /** Where the page begins. */
  cursor: string | undefined;
}

type Params = Record<string, string | string[] | undefined>;

const PLACE = /^(?:(all|starred)|(folder|feed)-([1-9]\d{0,8}))$/;
const CURSOR = /^-?\d{1,15}(?:-\d{1,15})?$/;
const MAX_LENGTH = 500;

const one = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '');

/** @returns the place that an address names; everywhere, where it names none. */
function readPlace(text: string): SearchPlace {
  const [, whole, part, id] = PLACE.exec(text) ?? [];
  if (part === 'folder' || part === 'feed') return { kind: part, id: Number(id) };
  return { kind: whole === 'starred' ? whole : 'all' };
}

/** Reads what an address asks for: `?q=&in=&order=&before=`. What makes no sense is as if it were not there. */
export function readSearch(params: Params): AskedSearch {
  const before = one(params.before);
  return {
    text: one(params.q).slice(0, MAX_LENGTH).trim(),
    place: readPlace(one(params.in)),
    order: one(params.order) === 'relevance' ? 'relevance' : 'date',
    cursor: CURSOR.test(before) ? before : undefined,
  };
}

/** @returns the place as an address names it. */
export function writePlace(place: SearchPlace): string {
  return 'id' in place ? `${place.kind}-${place.id}` : place.kind;
}

/** @returns the address of the page that shows it. */
export function writeSearch({ text, place, order, cursor }: AskedSearch): string {
  const query = new URLSearchParams({
    ...(text !== '' && { q: text }),
    ...(place.kind !== 'all' && { in: writePlace(place) }),
    ...(order !== 'date' && { order }),
    ...(cursor !== undefined && { before: cursor }),
  });
  return query.size === 0 ? '/search' : `/search?${query}`;
}
