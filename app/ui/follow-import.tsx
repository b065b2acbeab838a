'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { pollDelay } from './follow-feed';

interface FollowImportProps {
  importId: number;
  /** Tells one state of the import from another, as the page was rendered with. */
  rendered: string;
}

/** Has the page rendered anew whenever the import has got further. One question at a time, none while hidden. */
export function FollowImport({ importId, rendered }: FollowImportProps) {
  const router = useRouter();
  useEffect(() => {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let polls = 0;
    const ask = async () => {
      const response = await fetch(`/api/imports/${importId}`, { cache: 'no-store', signal: ended.signal });
      if (!response.ok) return response.status === 404;
      const { status, counts } = await response.json();
      return JSON.stringify([status, counts]) !== rendered;
    };
    const schedule = () => {
      clearTimeout(timer);
      timer = setTimeout(run, pollDelay(polls));
    };
    const run = async () => {
      if (document.hidden) return;
      polls += 1;
      // The server restarts, or the network is away: the next question will tell.
      const changed = await ask().catch(() => false);
      if (ended.signal.aborted) return;
      if (changed) router.refresh();
      schedule();
    };
    document.addEventListener('visibilitychange', schedule, { signal: ended.signal });
    schedule();
    return () => {
      ended.abort();
      clearTimeout(timer);
    };
  }, [importId, rendered, router]);
  return null;
}
