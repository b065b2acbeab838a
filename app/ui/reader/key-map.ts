/** What keys do. */
export type KeyDeed =
  | 'next'
  | 'previous'
  | 'next-closed'
  | 'previous-closed'
  | 'open'
  | 'close'
  | 'original'
  | 'full-text'
  | 'read'
  | 'star'
  | 'mark-all'
  | 'refresh'
  | 'go-unread'
  | 'go-starred'
  | 'go-all'
  | 'go-feeds'
  | 'search'
  | 'add'
  | 'next-feed'
  | 'previous-feed'
  | 'pane-left'
  | 'pane-right'
  | 'undo'
  | 'help';

/** Which keys do what; of two keys after each other the first is `g`. */
export const KEYS: Record<KeyDeed, readonly string[]> = {
  next: ['j'],
  previous: ['k'],
  'next-closed': ['n'],
  'previous-closed': ['p'],
  open: ['o', 'Enter'],
  close: ['Escape'],
  original: ['v'],
  'full-text': ['d'],
  read: ['m'],
  star: ['s', 'f'],
  'mark-all': ['A'],
  undo: ['z'],
  refresh: ['r'],
  'next-feed': ['J'],
  'previous-feed': ['K'],
  'go-unread': ['g u'],
  'go-starred': ['g s'],
  'go-all': ['g a'],
  'go-feeds': ['g f'],
  search: ['/'],
  add: ['+'],
  'pane-left': ['h'],
  'pane-right': ['l'],
  help: ['?'],
};

const DEEDS = new Map(
  Object.entries(KEYS).flatMap(([deed, names]) => names.map((name) => [name, deed as KeyDeed] as const)),
);

interface Stroke {
  key: string;
  code: string;
  shiftKey: boolean;
}

/**
 * @returns the letter that a stroke means: by what is written, or on a keyboard of another script by where the key is.
 */
export function readKey({ key, code, shiftKey }: Stroke): string {
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  const foreign = key.length === 1 && (key.codePointAt(0) ?? 0) > 0x2af;
  if (!foreign || place === undefined) return key;
  return shiftKey ? place : place.toLowerCase();
}

/** @returns what a key does after another; null where it does nothing. */
export function findDeed(key: string, before: string | null): KeyDeed | null {
  return DEEDS.get(before === 'g' ? `g ${key}` : key) ?? null;
}
