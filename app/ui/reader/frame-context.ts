'use client';

import { createContext, use } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import type { Counts } from './counts';

export interface NavFolder {
  id: number;
  name: string;
}

/** What every part of the reader's pages may ask for. */
export interface Frame {
  feeds: NavFeed[];
  folders: NavFolder[];
  /** As the server rendered them. */
  counts: Counts;
}

export const FrameContext = createContext<Frame>({ feeds: [], folders: [], counts: {} });

/** The frame around a page. */
export function useFrame(): Frame {
  return use(FrameContext);
}

/** @returns the feeds whose items a list has; null where that is not a matter of feeds. */
export function feedsOfView(name: string, feeds: readonly NavFeed[]): number[] | null {
  const [kind, id] = name.split('-');
  if (kind === 'starred' || kind === 'search') return null;
  const meant =
    kind === 'folder'
      ? feeds.filter((feed) => feed.folderId === Number(id))
      : kind === 'feed'
        ? feeds.filter((feed) => feed.id === Number(id))
        : feeds;
  return meant.map((feed) => feed.id);
}
