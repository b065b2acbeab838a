'use client';

import { createContext, use } from 'react';
import type { Counts } from './counts';
import type { ShownFeeds } from './use-feeds';

export interface NavFolder {
  id: number;
  name: string;
  /** In its feeds, as the server rendered it. */
  unread: number;
}

/** What every part of the reader's pages may ask for. */
export interface Frame extends ShownFeeds {
  /** As the server rendered them. */
  counts: Counts;
}

export const FrameContext = createContext<Frame>({
  feeds: [],
  whole: true,
  feedTotal: 0,
  folders: [],
  counts: {},
});

/** The frame around a page. */
export function useFrame(): Frame {
  return use(FrameContext);
}

/**
 * @returns the feeds whose items a list has: `all`, or their ids; null where that is not a matter of feeds, or not known
 * yet.
 */
export function feedsOfView(name: string, { feeds, whole }: Frame): number[] | 'all' | null {
  const [kind, id] = name.split('-');
  if (kind === 'starred' || kind === 'search') return null;
  if (kind === 'feed') return [Number(id)];
  if (kind !== 'folder') return 'all';
  if (!whole) return null;
  return feeds.filter((feed) => feed.folderId === Number(id)).map((feed) => feed.id);
}
