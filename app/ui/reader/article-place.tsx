'use client';

import type { ArticlePaneProps } from './article-pane';
import { makeLatePart } from './late-part';

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

const { Part, expectPart } = makeLatePart<ArticlePaneProps>(
  async () => (await import('./article-pane')).ArticlePane,
  Unreachable,
);

/** Brings what shows an article: as soon as somebody looks as if they were about to open one. */
export const expectArticle = expectPart;

interface ArticlePlaceProps extends ArticlePaneProps {
  /** Whether the page was asked for with this article open. */
  withPage: boolean;
}

/** The place of the article that is open. A list by itself does not load what shows articles. */
export function ArticlePlace({ withPage, ...props }: ArticlePlaceProps) {
  return (
    <Part withPage={withPage} fallback={<div className="article-scroll" aria-busy="true" />} props={props} />
  );
}
