'use client';

import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { beginCounts, type Counts, noteNewestItem, setCounts } from './counts';
import { useFollowLinks } from './follow-links';
import { FrameContext } from './frame-context';
import { RENDER_MS } from './lists';
import { startLater } from './load-later';
import { outdated } from './news';
import { areCountsOld, openOutbox, startOutbox } from './outbox';
import type { ReadingSettings } from './reading-settings';
import { type RenderedFeeds, useFeeds } from './use-feeds';
import { SettingsContext } from './use-settings';

interface ReaderFrameProps extends RenderedFeeds {
  userId: number;
  /** `Counts` as JSON: a text costs less than an object of thousands. */
  counts: string;
  newestItemId: number;
  settings: ReadingSettings;
  children: ReactNode;
}

/** What all pages of the reader share in the browser: counts, what waits to be told, how one likes to read. */
export function ReaderFrame({
  userId,
  counts: said,
  newestItemId,
  settings,
  children,
  ...rendered
}: ReaderFrameProps) {
  const shown = useFeeds(rendered);
  const counts = useMemo((): Counts => JSON.parse(said), [said]);
  const frame = useMemo(() => ({ ...shown, counts }), [shown, counts]);
  // Before any part of the page does something: effects of what is inside come first.
  useState(() => {
    openOutbox(userId);
    beginCounts(counts, newestItemId);
  });
  useEffect(() => startLater(), []);
  useEffect(() => startOutbox(userId), [userId]);
  useFollowLinks();
  const first = useRef(counts);
  useEffect(() => {
    // What the page was rendered with has been taken already, and what is read since is not in it.
    if (first.current === counts) return;
    first.current = counts;
    noteNewestItem(newestItemId);
    // What was done here meanwhile is in the tab's counts already.
    if (areCountsOld(performance.now() - RENDER_MS)) outdated.emit();
    else setCounts(counts);
  }, [counts, newestItemId]);
  return (
    <SettingsContext value={settings}>
      <FrameContext value={frame}>{children}</FrameContext>
    </SettingsContext>
  );
}
