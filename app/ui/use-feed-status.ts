'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { type FeedStatusBody, isUnsettled, needsRefresh } from './feed-progress';
import { followFeed } from './follow-feed';
import { outdated } from './reader/news';

/** So long after a page has settled, what stands around it is rendered once more. */
const LAST_LOOK_MS = 1500;

/**
 * Follows a feed while somebody waits for it, and has the page rendered anew when there is something to show.
 *
 * @param rendered what the server rendered the page with; following ends when that is settled.
 */
export function useFeedStatus(rendered: FeedStatusBody): FeedStatusBody {
  const router = useRouter();
  const basis = JSON.stringify(rendered);
  const [polled, setPolled] = useState<{ basis: string; status: FeedStatusBody } | null>(null);
  const latest = useRef(rendered);
  const followed = useRef(false);

  useEffect(() => {
    const start = JSON.parse(basis) as FeedStatusBody;
    latest.current = start;
    if (!isUnsettled(start)) {
      if (!followed.current) return;
      followed.current = false;
      // A step in the history at the same moment makes the router drop what it was bringing for the navigation.
      const timer = setTimeout(() => router.refresh(), LAST_LOOK_MS);
      return () => clearTimeout(timer);
    }
    followed.current = true;
    return followFeed(start.id, (status) => {
      if (status === 'missing') return router.refresh();
      const previous = latest.current;
      latest.current = status;
      setPolled({ basis, status });
      if (needsRefresh(previous, status)) router.refresh();
      else if (status.status !== previous.status) outdated.emit();
    });
  }, [basis, router]);

  // An answer to the page as it was before the last rendering is older than that rendering.
  return polled?.basis === basis ? polled.status : rendered;
}
