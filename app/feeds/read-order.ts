import { parseId } from '@/app/ui/parse-id';

const DEEDS = ['try', 'accept', 'remove', 'remove-now'] as const;

/** What can be done to feeds; `remove` asks first. */
export type Deed = (typeof DEEDS)[number];

/** More than any page shows: what a form brings beyond that nobody has chosen. */
const AT_MOST = 500;

const isDeed = (text: unknown): text is Deed => DEEDS.some((deed) => deed === text);

function readIds(texts: unknown[]): number[] {
  const ids = texts.flatMap((text) => (typeof text === 'string' ? (parseId(text) ?? []) : []));
  return [...new Set(ids)].slice(0, AT_MOST);
}

/** @returns the ids in "1,2,3", without what are none. */
export function parseIds(text: string): number[] {
  return readIds(text.split(','));
}

/**
 * Reads what is to be done to which feeds: `only` is a button that stands beside one feed ("try:12"), `do` one for
 * all that are chosen (`feed`).
 */
export function readOrder(form: FormData): { deed: Deed | null; feedIds: number[] } {
  const [one, id] = String(form.get('only') ?? '').split(':');
  if (isDeed(one)) return { deed: one, feedIds: readIds([id]) };
  const deed = form.get('do');
  return { deed: isDeed(deed) ? deed : null, feedIds: readIds(form.getAll('feed')) };
}
