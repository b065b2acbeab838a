import { hash } from 'node:crypto';
import { normaliseItemUrl } from './item-url';
import type { ItemNames, ParsedItem } from './types';

/** Hex SHA-256 of a list of fields; their lengths keep `['ab', 'c']` and `['a', 'bc']` apart. */
export function hashFields(fields: readonly (string | null | undefined)[]): string {
  return hash('sha256', joinFields(fields));
}

function joinFields(fields: readonly (string | null | undefined)[]): string {
  let text = '';
  for (const field of fields) text += field ? `${field.length}:${field}` : '0:';
  return text;
}

/** An address as a key: a site that moves to https, or adds `utm_*`, publishes the same items. */
function keyOfUrl(value: string): string {
  return (normaliseItemUrl(value) ?? value).replace(/^https?:\/\//i, '//');
}

function keyOfId(id: string): string {
  return id.replace(/^https?:\/\//i, '//');
}

/**
 * Keys of an item, from the most general to the most particular; null where the item has nothing to make one of.
 * Each is worked out only when those before it were not enough.
 */
const NAME_KEYS: readonly ((item: ItemNames) => string | null)[] = [
  ({ id, link }) =>
    id ? joinFields(['id', keyOfId(id)]) : link ? joinFields(['link', keyOfUrl(link)]) : null,
  ({ id, link }) => (id && link ? joinFields(['id+link', keyOfId(id), keyOfUrl(link)]) : null),
  // A date tells undistinguished items apart, and stays when their text is edited.
  ({ id, link, title, published }) =>
    title && (published || id || link)
      ? joinFields(['title', id && keyOfId(id), link && keyOfUrl(link), title, published?.toISOString()])
      : null,
];
const KEYS: readonly ((item: ParsedItem) => string | null)[] = [
  ...NAME_KEYS,
  ({ id, link, title, published, content, summary, enclosures }) =>
    joinFields([
      'text',
      id && keyOfId(id),
      link && keyOfUrl(link),
      title,
      published?.toISOString(),
      content ?? summary,
      enclosures.find(({ rel }) => rel === undefined)?.url,
    ]),
];

/**
 * The identities that an item would have in documents where other fields tell it apart from the rest. Its text is
 * left out: what only that tells apart is edited too easily to be found again.
 * @returns hex SHA-256, from the most general to the most particular
 */
export function possibleIdentities(names: ItemNames): string[] {
  const keys = NAME_KEYS.map((makeKey) => makeKey(names)).filter((key) => key !== null);
  return keys.map((key) => hash('sha256', key));
}

/** An item and its identity. */
export interface IdentifiedItem {
  /** Hex SHA-256, unique within the document. */
  identity: string;
  item: ParsedItem;
}

/**
 * Gives each item an identity: its guid, else its link, else title and date, else its text. An identity that several
 * items of the document share (a site that gives every item the same guid) tells nothing, so all of them fall back to
 * the next. It depends on no item's place, nor on fields that are not part of the key: adding, moving and editing
 * items changes no identity. Items equal in every key are one, and the first is kept.
 * @returns items in the order of the document, each identity once
 */
export function identifyItems(items: readonly ParsedItem[]): IdentifiedItem[] {
  const keys: (string | null)[] = items.map(() => null);
  let pending = items.map((_, index) => index);
  for (const makeKey of KEYS) {
    if (pending.length === 0) break;
    const byKey = new Map<string, number[]>();
    const next: number[] = [];
    for (const index of pending) {
      const item = items[index];
      const key = item ? makeKey(item) : null;
      if (key === null) {
        next.push(index);
        continue;
      }
      keys[index] = key;
      const group = byKey.get(key);
      if (group) group.push(index);
      else byKey.set(key, [index]);
    }
    const shared = [...byKey.values()].filter((group) => group.length > 1);
    pending = next.concat(...shared).sort((a, b) => a - b);
  }
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keys[index] ?? '';
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ identity: hash('sha256', key), item }];
  });
}
