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

/** The place of the article that is open. A list by itself does not load what shows articles. */
export function ArticlePlace(props: ArticlePaneProps) {
  // The same one for as long as an article is open: another would begin anew.
  const [{ Pane }] = useState<{ Pane: Pane }>(() => ({ Pane: loaded ?? AwaitedPane }));
  return (
    <Suspense fallback={<div className="article-scroll" aria-busy="true" />}>
      <Pane {...props} />
    </Suspense>
  );
}
