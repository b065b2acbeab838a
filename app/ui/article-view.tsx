import type { ReactNode } from 'react';
import { ArticleBody } from './article-body';
import { ArticleHeader } from './article-header';
import { ArticleLinks } from './article-links';
import { LateEnclosures } from './late-enclosures';
import type { Article } from './reader/listed-item';
import { estimateMinutes } from './reading-time';

interface ArticleViewProps {
  article: Article;
  asOf: string;
  /** Whether the page was written with it. */
  withPage: boolean;
  /** Said above the text. */
  note?: ReactNode;
}

/** An article as a whole. */
export function ArticleView({ article, asOf, withPage, note }: ArticleViewProps) {
  const { html, feedLanguage, enclosures } = article;
  return (
    <>
      <ArticleHeader item={article} asOf={asOf} language={feedLanguage} minutes={estimateMinutes(html)} />
      {note}
      {html === '' ? (
        <p className="text-muted">The feed brings no text for this item; it is on its site.</p>
      ) : (
        <ArticleBody html={html} language={feedLanguage} />
      )}
      {enclosures.length > 0 && <LateEnclosures withPage={withPage} props={{ enclosures, html }} />}
      <ArticleLinks item={article} />
    </>
  );
}
