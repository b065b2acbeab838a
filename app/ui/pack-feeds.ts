import type { NavFeed } from './feed-nav';

type Packed = [
  id: number,
  title: string,
  status: NavFeed['status'],
  icon: NavFeed['icon'],
  folder: NavFeed['folderId'],
];

const pack = ({ id, title, status, icon, folderId }: NavFeed): Packed => [id, title, status, icon, folderId];
const unpack = ([id, title, status, icon, folderId]: Packed): NavFeed => ({
  id,
  title,
  status,
  icon,
  folderId,
});

/** @returns feeds as one text, which reaches the browser at the cost of a text. */
export function packFeeds(feeds: readonly NavFeed[]): string {
  return JSON.stringify(feeds.map(pack));
}

/** The inverse of `packFeeds`. */
export function unpackFeeds(packed: string): NavFeed[] {
  return (JSON.parse(packed) as Packed[]).map(unpack);
}

/** All feeds and folders of a reader, in their order. */
export interface FeedList {
  /** Names what they are. */
  version: string;
  feeds: NavFeed[];
  folders: { id: number; name: string }[];
}

/** @returns a list as one text. */
export function packFeedList({ version, feeds, folders }: FeedList): string {
  const named = folders.map(({ id, name }) => ({ id, name }));
  return JSON.stringify({ version, feeds: feeds.map(pack), folders: named });
}

/** The inverse of `packFeedList`. */
export function unpackFeedList(packed: string): FeedList {
  const { feeds, ...rest } = JSON.parse(packed) as Omit<FeedList, 'feeds'> & { feeds: Packed[] };
  return { ...rest, feeds: feeds.map(unpack) };
}
