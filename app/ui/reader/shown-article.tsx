'use client';

import { useEffect, useLayoutEffect, useMemo } from 'react';
import { ArticleView } from '@/app/ui/article-view';
import { FullTextNote } from './full-text-note';
import { wantFullText } from './full-texts';
import type { Article } from './listed-item';
import { type ShownText, showText, useShownText } from './shown-texts';

/** Characters of HTML: what is shorter is likely to be an excerpt. */
const EXCERPT_LENGTH = 500;

/** @returns whether what the feed brings of an article is so little that more is offered above it. */
export const isExcerpt = ({ url, html }: Article) => url !== null && html.length < EXCERPT_LENGTH;

interface ShownArticleProps {
  article: Article;
  asOf: string;
  /** Whether the page was written with it. */
  withPage: boolean;
  /** Whether it is to be shown with the text of its own page. */
  wantsFull: boolean;
  /** That text, where the page was written with it. */
  rendered?: ShownText | null;
  /** Where the choice of a text is sent without JavaScript. */
  action?: (form: FormData) => Promise<void>;
}

/** An article with the text that its reader wants. */
export function ShownArticle(props: ShownArticleProps) {
  const { article, asOf, withPage, wantsFull, rendered = null, action } = props;
  const { id } = article;
  const text = useShownText(id, rendered);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once; from then on the reader chooses
  useLayoutEffect(() => {
    if (rendered !== null && rendered.status !== 'waiting') showText(id, rendered);
  }, [id]);
  useEffect(() => {
    if (wantsFull) void wantFullText(id, true);
  }, [id, wantsFull]);
  const fullHtml = text?.status === 'ready' ? text.html : null;
  const shown = useMemo(
    () => (fullHtml === null ? article : { ...article, html: fullHtml }),
    [article, fullHtml],
  );
  const note = <FullTextNote itemId={id} text={text} offered={isExcerpt(article)} />;
  return (
    <ArticleView
      article={shown}
      asOf={asOf}
      withPage={withPage}
      note={
        action === undefined ? (
          note
        ) : (
          <form action={action}>
            <input type="hidden" name="itemId" value={id} />
            {note}
          </form>
        )
      }
    />
  );
}
