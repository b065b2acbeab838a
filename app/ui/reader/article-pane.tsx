'use client';

import { useEffect, useLayoutEffect, useRef } from 'react';
import { ArticleHeader } from '@/app/ui/article-header';
import { ArticleTools } from './article-tools';
import { prefetchArticle, useArticle } from './articles';
import type { Article, ListedItem } from './listed-item';
import { markSeen } from './mark';
import { ShownArticle } from './shown-article';
import { useSettings } from './use-settings';

export interface ArticlePaneProps {
  id: number;
  /** The article that came with the page. */
  rendered: Article | null;
  /** As the list has it. */
  listed: ListedItem | null;
  asOf: string;
  closeAddress: string;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  /** Left out where the list cannot be marked as a whole. */
  onMarkBeside?: ((direction: 'above' | 'below') => void) | undefined;
}

/** Where articles were left, in pixels: one comes back to where one was. */
const places = new Map<number, number>();

function usePlace(id: number) {
  const scroller = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    element.scrollTop = places.get(id) ?? 0;
    const note = () => places.set(id, element.scrollTop);
    element.addEventListener('scroll', note, { passive: true });
    return () => element.removeEventListener('scroll', note);
  }, [id]);
  return scroller;
}

function Sorry({ id, failed }: { id: number; failed: boolean }) {
  return (
    <div className="article-measure grid justify-items-start gap-4 py-12">
      <h1 id="article-title" className="font-serif text-2xl font-semibold text-balance">
        {failed ? 'The article could not be loaded' : 'There is no such item'}
      </h1>
      <p className="text-muted">
        {failed
          ? 'The server does not answer. It may help to try again in a moment.'
          : 'It is not, or no longer, among yours.'}
      </p>
      {failed && (
        <button type="button" onClick={() => prefetchArticle(id)} className="quiet-button -ms-3.5">
          Try again
        </button>
      )}
    </div>
  );
}

/** The lines of a text that is on its way. */
function Awaited({ item, asOf }: { item: ListedItem | null; asOf: string }) {
  return (
    <div aria-busy="true">
      {item !== null && <ArticleHeader item={item} asOf={asOf} language={null} minutes={null} />}
      <p className="sr-only">Loading…</p>
      <div className="awaited" aria-hidden="true" />
    </div>
  );
}

function useTitle(title: string | undefined) {
  useEffect(() => {
    if (title === undefined) return;
    const before = document.title;
    document.title = `${title} · Tidings`;
    return () => {
      document.title = before;
    };
  }, [title]);
}

/** The article beside its list; on a phone in its place. */
export function ArticlePane(props: ArticlePaneProps) {
  const { id, rendered, listed, asOf } = props;
  const article = useArticle(id, rendered);
  const settings = useSettings();
  const scroller = usePlace(id);
  const here = typeof article === 'object' ? article : null;
  const known = here ?? listed;
  useTitle(known?.title);
  const marked = useRef<number | null>(null);
  useEffect(() => {
    // Once for each article: what is marked as unread while it is open stays so.
    if (here === null || marked.current === here.id) return;
    marked.current = here.id;
    if (settings.opened === 'on') markSeen([here], 'opened');
  }, [here, settings.opened]);
  // The focus comes along: the keyboard scrolls what was opened, and a screen reader reads it.
  // Not where the page came with it: a page has the focus to itself.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each article
  useEffect(() => {
    if (rendered?.id === id || document.activeElement?.closest('dialog, [popover]:popover-open')) return;
    scroller.current?.focus({ preventScroll: true });
  }, [id, scroller]);
  return (
    <>
      {known !== null && <ArticleTools {...props} item={known} />}
      <article
        ref={scroller}
        tabIndex={-1}
        aria-labelledby="article-title"
        className="article-scroll"
        data-pane="article"
      >
        {article === 'missing' || article === 'failed' ? (
          <Sorry id={id} failed={article === 'failed'} />
        ) : (
          <div className="article-measure">
            {here === null ? (
              <Awaited item={listed} asOf={asOf} />
            ) : (
              <ShownArticle
                key={id}
                article={here}
                asOf={asOf}
                withPage={rendered?.id === id}
                wantsFull={here.wantsFullText}
              />
            )}
          </div>
        )}
      </article>
    </>
  );
}
