'use client';

import { useMemo } from 'react';
import { FeedTile } from '@/app/ui/feed-tile';
import { CountMark } from './count-mark';
import { feedsOfView, useFrame } from './frame-context';
import { Icon } from './line-icon';
import { ListTools, type ListToolsProps } from './list-tools';
import { goWithin } from './open-item';
import { feedOf } from './reader-view';

interface ListHeadProps extends ListToolsProps {
  /** Of its heading: an open article is what the page is about. */
  level: 1 | 2;
  /** Whether there is more to know about the feed. */
  hasAbout: boolean;
}

/** What a list is called, how much of it is unread, and what can be done to it. */
export function ListHead(props: ListHeadProps) {
  const { view, level, hasAbout } = props;
  const frame = useFrame();
  const feedId = feedOf(view);
  const feedIds = useMemo(() => feedsOfView(view.name, frame), [view.name, frame]);
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <>
      <header className="list-head">
        {feedId !== null && <FeedTile feedId={feedId} title={view.title} icon={view.icon ?? null} />}
        <Heading className="list-title" dir="auto">
          {view.title}
        </Heading>
        {feedIds === 'all' && <CountMark />}
        {feedIds !== null && feedIds !== 'all' && <CountMark feedIds={feedIds} />}
        {hasAbout && (
          <a
            href={`${view.path}?about=1`}
            aria-label="About this feed"
            title="About this feed"
            className="icon-button about-button"
            onClick={(event) => {
              event.preventDefault();
              goWithin(`${view.path}?about=1`, 'push');
            }}
          >
            <Icon name="about" />
          </a>
        )}
      </header>
      <ListTools {...props} />
    </>
  );
}
