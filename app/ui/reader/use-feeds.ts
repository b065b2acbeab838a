'use client';

import { startTransition, useEffect, useMemo, useState } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import { unpackFeeds } from '@/app/ui/pack-feeds';

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

async function askFeeds(version: string, signal: AbortSignal): Promise<NavFeed[] | null> {
  for (let pause = FIRST_PAUSE_MS; !signal.aborted; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
    try {
      const response = await fetch(`/api/feed-list?version=${version}`, { signal });
      if (response.ok) return unpackFeeds(await response.text());
    } catch {
      // The network is away, or nobody wants to know any more.
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
  return null;
}

/**
 * The reader's feeds.
 *
 * @param packed those that came with the page.
 * @param version null where these are all; else names what all of them are, which are asked for.
 */
export function useFeeds(packed: string, version: string | null): { feeds: NavFeed[]; whole: boolean } {
  const written = useMemo(() => unpackFeeds(packed), [packed]);
  const [asked, setAsked] = useState<{ version: string; feeds: NavFeed[] } | null>(null);
  const isHere = version === null || asked?.version === version;
  useEffect(() => {
    if (isHere) return;
    const ended = new AbortController();
    void askFeeds(version, ended.signal).then((feeds) => {
      if (feeds !== null) startTransition(() => setAsked({ version, feeds }));
    });
    return () => ended.abort();
  }, [version, isHere]);
  // Those of a moment ago are better than a few, until the others are here.
  if (version === null || asked === null) return { feeds: written, whole: version === null };
  return { feeds: asked.feeds, whole: true };
}
