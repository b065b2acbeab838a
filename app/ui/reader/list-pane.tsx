'use client';

import { type MouseEvent, type ReactNode, type RefObject, useCallback, useLayoutEffect } from 'react';
import { isPlainClick } from './is-plain-click';
import { ListChunk } from './list-chunk';
import { ListEnd } from './list-end';
import type { ListPages } from './list-pages';
import type { ListedItem } from './listed-item';
import { listedItems, loadMore, notePlace, placeOf } from './lists';
import { loadLater, withLater } from './load-later';
import { toggle } from './mark';
import { NewItems } from './new-items';
import { feedOf, listKey, type ReaderView } from './reader-view';
import { useMarkPassed, useSwipes } from './use-gestures';
import { useSettings } from './use-settings';

interface ListPaneProps {
  view: ReaderView;
  list: ListPages;
  openId: number | null;
  asOf: string;
  scroller: RefObject<HTMLDivElement | null>;
  /** What stands above the items and moves with them. */
  notice: ReactNode;
  /** What is said where there are none. */
  empty: ReactNode;
  olderAddress: string | null;
  onOpen: (itemId: number) => void;
}

/** A list is left where it was left: before it is seen, since nobody wants to see it jump. */
function useKeptPlace(view: ReaderView, scroller: RefObject<HTMLElement | null>) {
  const key = listKey(view);
  // biome-ignore lint/correctness/useExhaustiveDependencies: by the key: a view of the same key has the same place
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = placeOf(view).scrollTop;
    const note = () => notePlace(view, element.scrollTop);
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [key, scroller]);
}

/** The items of a view, page after page. */
export function ListPane(props: ListPaneProps) {
  const { view, list, openId, asOf, scroller, notice, empty, olderAddress, onOpen } = props;
  const settings = useSettings();
  const find = useCallback((id: number) => listedItems(view).find((item) => item.id === id), [view]);
  const onSwipe = useCallback(
    (id: number, to: 'left' | 'right') => {
      const item = find(id);
      if (item !== undefined) toggle(item, to === 'right' ? 'read' : 'starred');
    },
    [find],
  );
  useKeptPlace(view, scroller);
  // Whoever looks through what was found has not read what they pass.
  useMarkPassed(scroller, settings.passed === 'on' && view.found === undefined, find);
  useSwipes(scroller, onSwipe);
  const open = (event: MouseEvent) => {
    const link = event.target instanceof Element ? event.target.closest('a[data-open]') : null;
    if (link === null || !isPlainClick(event)) return;
    event.preventDefault();
    onOpen(Number(link.getAttribute('data-open')));
  };
  const { heights, looks } = placeOf(view);
  const onLook = useCallback(
    (items: ListedItem[], before: ListedItem | null) =>
      void loadLater().then(({ lookAgain }) => lookAgain(view, items, before)),
    [view],
  );
  const withFeed = feedOf(view) === null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links in it are what is clicked, with the keyboard too
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div ref={scroller} className="list-scroll" onClick={open}>
      {notice}
      <NewItems
        count={list.fresh.length}
        onShow={() => withLater(({ revealFresh }) => void revealFresh(view, scroller.current))}
      />
      {list.pages.length === 0 && empty}
      {list.pages.map((items, index) => (
        <ListChunk
          key={items[0]?.id}
          items={items}
          before={list.pages[index - 1]?.at(-1) ?? null}
          openId={items.some(({ id }) => id === openId) ? openId : null}
          withFeed={withFeed}
          withPictures={settings.pictures === 'on'}
          withDays={settings.days === 'on' && view.found === undefined}
          label={view.found === undefined ? undefined : 'Found items'}
          asOf={asOf}
          heights={heights}
          scroller={scroller}
          looks={looks}
          onLook={onLook}
        />
      ))}
      <ListEnd
        list={list}
        olderAddress={olderAddress}
        scroller={scroller}
        onMore={() => void loadMore(view)}
      />
    </div>
  );
}
