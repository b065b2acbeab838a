'use client';

import { useEffect, useMemo, useState, useTransition } from 'react';
import { FeedNav } from './feed-nav';
import { NavLink } from './nav-link';
import { unpackFeeds } from './pack-feeds';

/** As many as the tallest screen shows: the server writes no more of them into a page. */
const FEEDS_WRITTEN = 60;

/**
 * The reader's feeds beside every page, however many there are. The server writes the first screenful, the browser
 * the rest once it has shown that; without JavaScript the others have a page of their own.
 *
 * @param packed as `packFeeds` makes it: a thousand objects cost a page more than all else in it.
 */
export function LongFeedNav({ packed }: { packed: string }) {
  const feeds = useMemo(() => unpackFeeds(packed), [packed]);
  const [whole, setWhole] = useState(false);
  const [, startTransition] = useTransition();
  useEffect(() => startTransition(() => setWhole(true)), []);
  const more = feeds.length > FEEDS_WRITTEN && !whole;
  return (
    <>
      <FeedNav feeds={more ? feeds.slice(0, FEEDS_WRITTEN) : feeds} />
      {more && <NavLink href="/feeds">All {feeds.length} feeds</NavLink>}
    </>
  );
}
