/** What keys do. */
export type KeyDeed =
  | 'next'
  | 'previous'
  | 'next-closed'
  | 'previous-closed'
  | 'open'
  | 'close'
  | 'original'
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

/** Keys as the help sheet shows them, in its order; several for one thing are apart by a space, and a row by a dash. */
export const KEY_HELP: { title: string; keys: [keys: string[], deed: KeyDeed, says: string][] }[] = [
  {
    title: 'Items',
    keys: [
      [['j'], 'next', 'Next item'],
      [['k'], 'previous', 'Previous item'],
      [['n'], 'next-closed', 'Next, without opening it'],
      [['p'], 'previous-closed', 'Previous, without opening it'],
      [['o', 'Enter'], 'open', 'Open'],
      [['Escape'], 'close', 'Back to the list'],
      [['v'], 'original', 'Open the original'],
      [['m'], 'read', 'Read or unread'],
      [['s', 'f'], 'star', 'Star or not'],
    ],
  },
  {
    title: 'Lists',
    keys: [
      [['A'], 'mark-all', 'Mark all as read'],
      [['z'], 'undo', 'Undo'],
      [['r'], 'refresh', 'Refresh'],
      [['J'], 'next-feed', 'Next feed'],
      [['K'], 'previous-feed', 'Previous feed'],
    ],
  },
  {
    title: 'Places',
    keys: [
      [['g u'], 'go-unread', 'Unread'],
      [['g s'], 'go-starred', 'Starred'],
      [['g a'], 'go-all', 'All items'],
      [['g f'], 'go-feeds', 'Manage feeds'],
      [['/'], 'search', 'Search'],
      [['+'], 'add', 'Add a feed'],
      [['h'], 'pane-left', 'Pane to the left'],
      [['l'], 'pane-right', 'Pane to the right'],
      [['?'], 'help', 'This help'],
    ],
  },
];

const DEEDS = new Map(
  KEY_HELP.flatMap(({ keys }) => keys.flatMap(([names, deed]) => names.map((name) => [name, deed] as const))),
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
