import type { NavFeed } from './feed-nav';

type Packed = [
  id: number,
  title: string,
  status: NavFeed['status'],
  icon: NavFeed['icon'],
  folder: NavFeed['folderId'],
];

/** @returns feeds as one text, which reaches the browser at the cost of a text. */
export function packFeeds(feeds: NavFeed[]): string {
  return JSON.stringify(
    feeds.map(({ id, title, status, icon, folderId }): Packed => [id, title, status, icon, folderId]),
  );
}

/** The inverse of `packFeeds`. */
export function unpackFeeds(packed: string): NavFeed[] {
  const feeds: Packed[] = JSON.parse(packed);
  return feeds.map(([id, title, status, icon, folderId]) => ({ id, title, status, icon, folderId }));
}
