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
  const { feeds } = useFrame();
  const feedId = feedOf(view);
  const feed = feeds.find(({ id }) => id === feedId);
  const feedIds = useMemo(() => feedsOfView(view.name, feeds), [view.name, feeds]);
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <>
      <header className="list-head">
        {feed !== undefined && <FeedTile feedId={feed.id} title={feed.title} icon={feed.icon} />}
        <Heading className="list-title" dir="auto">
          {view.title}
        </Heading>
        {feedIds !== null && <CountMark feedIds={feedIds} />}
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
