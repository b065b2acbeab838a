'use client';

import { startTransition, useEffect, useMemo, useState } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import { type FeedList, unpackFeedList, unpackFeeds } from '@/app/ui/pack-feeds';
import { noteFeedsVersion, useFeedsVersion } from './feeds-version';
import type { NavFolder } from './frame-context';
import { readerHeader } from './outbox';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

async function askFeeds(version: string, signal: AbortSignal): Promise<FeedList | null> {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      const response = await fetch(`/api/feed-list?version=${version}`, { headers: readerHeader(), signal });
      if (response.ok) return unpackFeedList(await response.text());
    } catch {
      // The network is away, or nobody wants to know any more.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return null;
}

/** The list of feeds that a page was written with. */
export interface RenderedFeeds {
  /** Of the feeds, as `packFeeds` makes them. */
  feeds: string;
  folders: NavFolder[];
  /** How many feeds there are: of very many, a page brings the first alone. */
  feedTotal: number;
  /** Names what all of them are. */
  feedsVersion: string;
}

/** The reader's feeds and folders. */
export interface ShownFeeds {
  /** By title; the first of them where they are not whole yet. */
  feeds: NavFeed[];
  whole: boolean;
  feedTotal: number;
  folders: NavFolder[];
}

/** The reader's feeds and folders: those that came with the page, until others are known of. */
export function useFeeds({ feeds: packed, folders, feedTotal, feedsVersion }: RenderedFeeds): ShownFeeds {
  const written = useMemo((): ShownFeeds => {
    const feeds = unpackFeeds(packed);
    return { feeds, whole: feeds.length === feedTotal, feedTotal, folders };
  }, [packed, folders, feedTotal]);
  const version = useFeedsVersion(feedsVersion);
  const [asked, setAsked] = useState<(ShownFeeds & { version: string }) | null>(null);
  // A page that is written anew knows what is so by then.
  useEffect(() => void noteFeedsVersion(feedsVersion), [feedsVersion]);
  const isWritten = written.whole && version === feedsVersion;
  const isHere = isWritten || asked?.version === version;
  useEffect(() => {
    if (isHere) return;
    const ended = new AbortController();
    void askFeeds(version, ended.signal).then((list) => {
      if (list === null) return;
      // What nobody has counted is counted from the feeds.
      const folders = list.folders.map((folder) => ({ ...folder, unread: 0 }));
      const shown = { feeds: list.feeds, whole: true, feedTotal: list.feeds.length, folders };
      startTransition(() => setAsked({ ...shown, version: list.version }));
      noteFeedsVersion(list.version);
    });
    return () => ended.abort();
  }, [version, isHere]);
  useEffect(() => {
    if (isWritten) setAsked(null);
  }, [isWritten]);
  // Those of a moment ago are better than a few, until the others are here.
  return isWritten || asked === null ? written : asked;
}
