import { parseId } from '@/app/ui/parse-id';

/** What is open beside a list: an item by its id, what is known about the feed, or nothing. */
export type Opened = number | 'about' | null;

/** @returns what a page's query names: `?item=12`, `?about=1`. */
export function parseOpened(item: unknown, about: unknown): Opened {
  const id = typeof item === 'string' ? parseId(item, Number.MAX_SAFE_INTEGER) : null;
  return id ?? (about === '1' ? 'about' : null);
}
