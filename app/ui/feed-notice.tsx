'use client';

import { useState } from 'react';
import { ElapsedSeconds } from './elapsed-seconds';
import { feedHeadline } from './feed-headline';
import { FeedNoticeBody, type FeedNoticeProps } from './feed-notice-body';
import { isUnsettled } from './feed-progress';
import { useFeedStatus } from './use-feed-status';

/**
 * The one place on a feed's page that says what is not as usual: being fetched, failing, gone. It keeps its
 * height from one to the next, and stays after an attempt that went well, so that the items below stand still.
 */
export function FeedNotice(props: FeedNoticeProps) {
  const feed = useFeedStatus(props.feed);
  const unsettled = isUnsettled(feed);
  const [aboveItems] = useState(unsettled && feed.itemCount > 0);
  const [failed, setFailed] = useState<{ workedBefore: boolean } | null>(null);
  const [announces, setAnnounces] = useState(feed.status !== 'ready');
  if (feed.status === 'failing' && failed === null) setFailed({ workedBefore: feed.itemCount > 0 });
  if (unsettled && !announces) setAnnounces(true);

  const shown = feed.status !== 'ready' || unsettled || aboveItems || failed !== null;
  const tone =
    !unsettled && feed.status === 'failing' ? 'border-warn-line bg-warn-wash' : 'border-line bg-raised';
  const panel = `mt-7 grid min-h-44 content-center gap-3.5 rounded-xl border p-5 sm:px-6 ${tone}`;
  return (
    <div className={shown ? panel : 'sr-only'}>
      <div className="flex items-baseline justify-between gap-4">
        {/* The same element all along: what is put into it is read out. */}
        <p role="status" className="font-semibold">
          {announces && feedHeadline(feed, failed?.workedBefore ?? false)}
        </p>
        {unsettled && <ElapsedSeconds waited={feed.waitedSeconds ?? 0} />}
      </div>
      {shown && <FeedNoticeBody {...props} feed={feed} />}
    </div>
  );
}
