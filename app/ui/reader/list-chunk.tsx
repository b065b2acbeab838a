'use client';

import { memo, type RefObject, useEffect } from 'react';
import { useNow } from '@/app/ui/use-now';
import { groupByDay } from './group-days';
import { ItemRow } from './item-row';
import type { ListedItem } from './listed-item';
import { useNear } from './use-near';

interface ListChunkProps {
  items: ListedItem[];
  before: ListedItem | null;
  /** The open item, if it is among these. */
  openId: number | null;
  withFeed: boolean;
  withPictures: boolean;
  withDays: boolean;
  /** What the items are called where they are not grouped by day. */
  label: string | undefined;
  asOf: string;
  heights: Map<number, number>;
  scroller: RefObject<HTMLElement | null>;
  /** How often it has been looked whether all is as it was: each time, what is in sight is looked at again. */
  looks: number;
  onLook: (items: ListedItem[], before: ListedItem | null) => void;
}

/** A page of a list. */
export const ListChunk = memo(function ListChunk(props: ListChunkProps) {
  const { items, before, openId, withDays, asOf, heights, scroller, looks, onLook } = props;
  const { part, height } = useNear(items[0]?.id ?? 0, heights, scroller);
  const isNear = height === null;
  useEffect(() => {
    if (isNear && looks > 0) onLook(items, before);
  }, [isNear, looks, onLook, items, before]);
  const clock = useNow();
  const groups = withDays
    ? groupByDay(items, before, clock ?? Date.parse(asOf), clock === null ? 'utc' : 'local')
    : [{ heading: null, items }];
  return (
    <div ref={part} style={height === null ? undefined : { height }}>
      {height === null &&
        groups.map((group) => (
          <div key={group.items[0]?.id}>
            {group.heading !== null && <p className="day">{group.heading}</p>}
            <ol aria-label={group.heading ?? props.label}>
              {group.items.map((item) => (
                <ItemRow
                  key={item.id}
                  item={item}
                  current={item.id === openId}
                  withFeed={props.withFeed}
                  withPicture={props.withPictures}
                  asOf={asOf}
                />
              ))}
            </ol>
          </div>
        ))}
    </div>
  );
});
