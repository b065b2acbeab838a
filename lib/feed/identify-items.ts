import { createHash } from 'node:crypto';
import { normaliseItemUrl } from './item-url';
import type { ParsedItem } from './types';

/** Hex SHA-256 of a list of fields; lengths keep `['ab', 'c']` and `['a', 'bc']` apart. */
export function hashFields(fields: readonly (string | null | undefined)[]): string {
  const hash = createHash('sha256');
  for (const field of fields) {
    const value = field ?? '';
    hash.update(`${value.length}:`);
    hash.update(value);
  }
  return hash.digest('hex');
}

/** An address as a key: a site that moves to https, or adds `utm_*`, publishes the same items. */
function keyOfUrl(value: string): string {
  const url = normaliseItemUrl(value) ?? value;
  return url.replace(/^https?:\/\//i, '//');
}

function keyOfId(id: string): string {
  return /^https?:\/\//i.test(id) ? id.replace(/^https?:\/\//i, '//') : id;
}

/**
 * Keys of an item, from the most general to the most particular. The first that no other item of the document
 * shares is its identity: so a repeated guid falls back to the link, then to title, date and content.
 */
function keysOf(item: ParsedItem): string[] {
  const id = item.id ? keyOfId(item.id) : null;
  const link = item.link ? keyOfUrl(item.link) : null;
  const date = item.published?.toISOString() ?? null;
  const body = item.content ?? item.summary;
  const keys: string[] = [];
  if (id) keys.push(hashFields(['id', id]));
  if (link) keys.push(id ? hashFields(['id+link', id, link]) : hashFields(['link', link]));
  if (item.title) {
    if (date || id || link) keys.push(hashFields(['title', id, link, item.title, date]));
  }
  keys.push(hashFields(['text', id, link, item.title, date, body, item.enclosures[0]?.url]));
  return keys;
}

/**
 * Gives each item an identity that does not depend on its place, its neighbours' order, or later edits of fields
 * that are not part of its key. Items equal in every key are one item, and the first is kept.
 * @returns pairs in the order of the document, each identity once
 */
export function identifyItems(items: readonly ParsedItem[]): { identity: string; item: ParsedItem }[] {
  const keyed = items.map((item) => ({ item, keys: keysOf(item) }));
  const seen = new Map<string, number>();
  for (const { keys } of keyed) for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  const taken = new Set<string>();
  const result: { identity: string; item: ParsedItem }[] = [];
  for (const { item, keys } of keyed) {
    const identity = keys.find((key) => seen.get(key) === 1) ?? keys.at(-1) ?? '';
    if (taken.has(identity)) continue;
    taken.add(identity);
    result.push({ identity, item });
  }
  return result;
}
