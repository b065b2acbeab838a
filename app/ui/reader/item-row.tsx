'use client';

import { memo } from 'react';
import { FeedTile } from '@/app/ui/feed-tile';
import { ItemTime } from '@/app/ui/item-time';
import { langTag } from '@/app/ui/lang-tag';
import { useItemState } from './item-states';
import { Icon } from './line-icon';
import type { ListedItem } from './listed-item';
import { MarkedTexts } from './marked-texts';

interface ItemRowProps {
  item: ListedItem;
  /** Whether it is the one that is open beside the list. */
  current: boolean;
  /** Whether to say which feed it is of. */
  withFeed: boolean;
  withPicture: boolean;
  asOf: string;
}

/** An item in a list: all of it leads to the article. */
export const ItemRow = memo(function ItemRow({ item, current, withFeed, withPicture, asOf }: ItemRowProps) {
  const { read, starred } = useItemState(item);
  const byline = withFeed ? item.feedTitle : item.author;
  return (
    <li className="row" data-item={item.id} data-read={read || undefined} data-current={current || undefined}>
      <div className="row-body">
        <p className="row-line">
          {!read && <span className="row-dot" />}
          {withFeed && (
            <FeedTile feedId={item.feedId} title={item.feedTitle} icon={item.feedIcon} size="small" />
          )}
          <bdi className="row-feed">{byline}</bdi>
          {starred && (
            <span className="row-star">
              <Icon name="star" filled />
              <span className="sr-only">Starred</span>
            </span>
          )}
          <span className="row-date">
            <ItemTime at={item.sortAt} asOf={asOf} as="short" />
          </span>
        </p>
        <h2 className="row-title" dir="auto" lang={langTag(null, item.title)}>
          <a href={`/items/${item.id}`} data-open={item.id} aria-current={current || undefined}>
            {/* With a direction of its own it has no say in that of the title. */}
            {!read && (
              <span className="sr-only" dir="ltr">
                Unread:{' '}
              </span>
            )}
            {item.marked === undefined ? item.title : <MarkedTexts parts={item.marked.title} />}
          </a>
        </h2>
        {item.excerpt !== '' && (
          <p
            className="row-excerpt"
            dir="auto"
            lang={langTag(null, item.excerpt)}
            data-found={item.marked && ''}
          >
            {item.marked === undefined ? item.excerpt : <MarkedTexts parts={item.marked.excerpt} />}
          </p>
        )}
        {withPicture && item.thumbnail !== null && (
          // biome-ignore lint/performance/noImgElement: the picture is on its author's site, not ours to resize
          <img
            src={item.thumbnail}
            alt=""
            loading="lazy"
            decoding="async"
            referrerPolicy="no-referrer"
            className="row-picture"
          />
        )}
      </div>
    </li>
  );
});
