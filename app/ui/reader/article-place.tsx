'use client';

import { type ComponentType, lazy, Suspense, useState } from 'react';
import type { ArticlePane, ArticlePaneProps } from './article-pane';

type Pane = ComponentType<ArticlePaneProps>;

let loaded: typeof ArticlePane | null = null;

const loadPane = async (): Promise<{ default: Pane }> => {
  try {
    loaded = (await import('./article-pane')).ArticlePane;
    return { default: loaded };
  } catch {
    return { default: Unreachable };
  }
};

const AwaitedPane = lazy(loadPane);

/** Brings what shows an article: as soon as somebody looks as if they were about to open one. */
export function expectArticle(): void {
  if (loaded === null) void loadPane();
}

/** The server has gone, or has been updated: the page of the article itself may do. */
function Unreachable({ id }: ArticlePaneProps) {
  return (
    <div className="article-scroll">
      <p className="article-measure">
        The article could not be shown. <a href={`/items/${id}`}>Open it by itself</a>
      </p>
    </div>
  );
}

interface ArticlePlaceProps extends ArticlePaneProps {
  /** Whether the page was asked for with this article open: then it is written into it, and nothing is shown before. */
  withPage: boolean;
}

/** The place of the article that is open. A list by itself does not load what shows articles. */
export function ArticlePlace({ withPage, ...props }: ArticlePlaceProps) {
  // The same ones for as long as an article is open: others would begin anew.
  const [{ Pane, bounded }] = useState(() => ({ Pane: (loaded ?? AwaitedPane) as Pane, bounded: !withPage }));
  if (!bounded) return <Pane {...props} />;
  return (
    <Suspense fallback={<div className="article-scroll" aria-busy="true" />}>
      <Pane {...props} />
    </Suspense>
  );
}
