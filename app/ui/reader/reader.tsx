'use client';

import { type ReactNode, useCallback, useEffect, useMemo, useRef } from 'react';
import { ArticlePlace, expectArticle } from './article-place';
import { prefetchArticle, readArticle } from './articles';
import { useCommands } from './commands';
import { focusedItem, focusItem } from './focused-item';
import { useFrame } from './frame-context';
import { toggleFullText } from './full-texts';
import { readState } from './item-states';
import { ListHead } from './list-head';
import { findStep } from './list-pages';
import { ListPane } from './list-pane';
import type { Article, ListedPage } from './listed-item';
import { loadMore, readList, useList } from './lists';
import { withLater } from './load-later';
import { toggle } from './mark';
import { news } from './news';
import { closeWithin, goWithin, useOpened } from './open-item';
import type { Opened } from './opened';
import { PaneDivider } from './pane-divider';
import { itemAddress, listKey, type ReaderView } from './reader-view';
import { tell } from './undo-stack';

export interface ReaderProps {
  view: ReaderView;
  /** A `ListedPage` as JSON: a text costs less than objects. */
  page: string;
  /** What the address says is open, and the article where it is one. */
  opened: Opened;
  article: Article | null;
  asOf: string;
  listWidth: number;
  /** Whether items that are read can be left out or let in. */
  filters: boolean;
  /** What stands above the items. */
  notice?: ReactNode;
  empty?: ReactNode;
  /** What stands beside the list while no item is open. */
  aside?: ReactNode;
  /** Left out where the list cannot be marked as a whole. */
  markAllAction?: (form: FormData) => Promise<void>;
  /** Asks for the feeds of the view to be fetched; left out where it is not of feeds. */
  fetchNow?: (viewName: string) => Promise<void>;
}

/** How many articles after the open one are fetched ahead. */
const AHEAD = 2;

/** Everything that leads from item to item. */
function useSteps(view: ReaderView, opened: Opened) {
  const openId = typeof opened === 'number' ? opened : null;
  const openItem = useCallback(
    (id: number, step: 'push' | 'replace') => {
      goWithin(itemAddress(view, id), step);
      focusItem(id, false);
    },
    [view],
  );
  const step = useCallback(
    async (by: 1 | -1, open: boolean) => {
      const from = (open ? openId : null) ?? focusedItem() ?? openId;
      const list = readList(view);
      if (list === null) return;
      let found = findStep(list, from, by);
      if (found === null && by === 1 && list.nextCursor !== null) {
        await loadMore(view);
        found = findStep(readList(view) ?? list, from, by);
      }
      if (found === null) return tell(by === 1 ? 'That was the last one.' : 'That was the first one.');
      // Walking along a list is one step in the history: going back leads to where the walk began.
      if (open) openItem(found.id, openId === null ? 'push' : 'replace');
      else focusItem(found.id, true);
    },
    [view, openId, openItem],
  );
  const left = useRef<number | null>(null);
  const close = useCallback(() => {
    left.current = openId;
    closeWithin(itemAddress(view, null));
  }, [view, openId]);
  useEffect(() => {
    // Where there is room for one pane only, its row can have the focus no sooner than the list is there again.
    if (openId === null && left.current !== null) focusItem(left.current, true);
    left.current = null;
  }, [openId]);
  return { openId, openItem, step, close };
}

/** What can be marked in a list at once. */
function useMarking(view: ReaderView) {
  const frame = useFrame();
  return useMemo(
    () => ({
      markAll: () => withLater(({ markAll }) => markAll(view, frame)),
      markOlder: (age: number) => withLater(({ markOlder }) => markOlder(view, age)),
      markBeside: (direction: 'above' | 'below', itemId: number | null) =>
        withLater(({ markBeside }) => markBeside(view, direction, itemId)),
    }),
    [view, frame],
  );
}

const noteRendered = (view: ReaderView, page: ListedPage) =>
  withLater((later) => later.noteRendered(view, page));

/** A list and an article beside it. */
export function Reader(props: ReaderProps) {
  const { view: rendered, page: packed, article, asOf, aside = null, fetchNow } = props;
  const key = listKey(rendered);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same list is the same view, however often it is rendered
  const view = useMemo(() => rendered, [key, rendered.path, rendered.query, rendered.title]);
  const page = useMemo((): ListedPage => JSON.parse(packed), [packed]);
  const seed = useMemo(() => ({ page, asOf }), [page, asOf]);
  const list = useList(view, seed, noteRendered);
  const opened = useOpened(props.opened);
  const scroller = useRef<HTMLDivElement>(null);
  const { openId, openItem, step, close } = useSteps(view, opened);
  const marking = useMarking(view);
  const items = useMemo(() => list.pages.flat(), [list.pages]);
  const index = items.findIndex(({ id }) => id === openId);
  const listed = items[index] ?? null;
  const target = () => {
    const id = focusedItem() ?? openId;
    // What is open may have left the list.
    return items.find((item) => item.id === id) ?? (article?.id === id ? article : readArticle(id));
  };

  useEffect(() => {
    // Not `pointerover`: a page that comes to stand under a pointer at rest has that, too.
    const hints = ['pointermove', 'pointerdown', 'keydown'] as const;
    for (const hint of hints) document.addEventListener(hint, expectArticle, { once: true, passive: true });
    return () => {
      for (const hint of hints) document.removeEventListener(hint, expectArticle);
    };
  }, []);
  useEffect(() => news.subscribe(() => withLater(({ lookForFresh }) => void lookForFresh(view))), [view]);
  useEffect(() => {
    if (openId === null) return;
    for (const near of items.slice(Math.max(0, index - 1), index + 1 + AHEAD)) prefetchArticle(near.id);
    if (index >= 0 && index + AHEAD >= items.length) void loadMore(view);
  }, [openId, index, items, view]);

  const refresh = useCallback(
    () => withLater(({ refreshList }) => void refreshList(view, fetchNow, scroller.current)),
    [view, fetchNow],
  );

  useCommands({
    step: (by, open) => void step(by, open),
    open: () => {
      const id = focusedItem();
      if (id !== null) openItem(id, openId === null ? 'push' : 'replace');
    },
    close: () => {
      if (opened !== null) close();
    },
    original: () => {
      const url = target()?.url;
      if (url) window.open(url, '_blank', 'noreferrer');
    },
    fullText: () => (openId === null ? tell('Open an item first.') : toggleFullText(openId)),
    toggle: (part) => {
      const item = target();
      if (item) toggle({ ...item, ...readState(item) }, part);
    },
    markAll: props.markAllAction ? marking.markAll : () => tell('What was found is not marked all at once.'),
    refresh,
  });

  return (
    <div className="reader" data-opened={opened === null ? undefined : ''}>
      <section className="list-pane" aria-label="Items" data-pane="list">
        <ListHead
          view={view}
          level={openId === null ? 1 : 2}
          hasAbout={aside !== null}
          filters={props.filters}
          beside={openId !== null}
          markAllAction={props.markAllAction}
          deeds={{
            ...marking,
            markBeside: (direction) => marking.markBeside(direction, focusedItem() ?? openId),
            refresh,
          }}
        />
        <ListPane
          view={view}
          list={list}
          openId={openId}
          asOf={asOf}
          scroller={scroller}
          notice={props.notice}
          empty={props.empty}
          olderAddress={olderAddress(view, list.nextCursor)}
          onOpen={(id) => openItem(id, 'push')}
        />
      </section>
      <PaneDivider pane="list" label="Width of the list" width={props.listWidth} />
      <div className="article-pane">
        {openId === null ? (
          (aside ?? (items.length > 0 && <p className="nothing-open">Choose an item to read it here.</p>))
        ) : (
          <ArticlePlace
            withPage={openId === props.opened}
            id={openId}
            rendered={article}
            listed={listed}
            asOf={asOf}
            closeAddress={itemAddress(view, null)}
            onClose={close}
            onStep={(by) => void step(by, true)}
            onMarkBeside={props.markAllAction && ((direction) => marking.markBeside(direction, openId))}
          />
        )}
      </div>
    </div>
  );
}

function olderAddress(view: ReaderView, cursor: string | null): string | null {
  if (cursor === null) return null;
  const params = new URLSearchParams(view.query);
  params.set('before', cursor);
  return `${view.path}?${params}`;
}
