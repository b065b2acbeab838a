'use client';

import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { unpackFeeds } from '@/app/ui/pack-feeds';
import { beginCounts, type Counts, noteNewestItem, setCounts } from './counts';
import { FrameContext, type NavFolder } from './frame-context';
import { hasWaiting, openOutbox, startOutbox } from './outbox';
import { startPulse } from './pulse';
import type { ReadingSettings } from './reading-settings';
import { SettingsContext } from './use-settings';

interface ReaderFrameProps {
  userId: number;
  /** As `packFeeds` makes them. */
  feeds: string;
  folders: NavFolder[];
  counts: Counts;
  newestItemId: number;
  settings: ReadingSettings;
  children: ReactNode;
}

/** What all pages of the reader share in the browser: counts, what waits to be told, how one likes to read. */
export function ReaderFrame({
  userId,
  feeds: packed,
  folders,
  counts,
  newestItemId,
  settings,
  children,
}: ReaderFrameProps) {
  const feeds = useMemo(() => unpackFeeds(packed), [packed]);
  const frame = useMemo(() => ({ feeds, folders, counts }), [feeds, folders, counts]);
  // Before any part of the page does something: effects of what is inside come first.
  useState(() => {
    openOutbox(userId);
    beginCounts(counts, newestItemId);
  });
  useEffect(() => startOutbox(userId), [userId]);
  useEffect(() => startPulse(), []);
  const first = useRef(counts);
  useEffect(() => {
    // What the page was rendered with has been taken already, and what is read since is not in it.
    if (first.current === counts) return;
    first.current = counts;
    noteNewestItem(newestItemId);
    if (!hasWaiting()) setCounts(counts);
  }, [counts, newestItemId]);
  return (
    <SettingsContext value={settings}>
      <FrameContext value={frame}>{children}</FrameContext>
    </SettingsContext>
  );
}
