import type { ReactNode } from 'react';
import { ArticleBody } from './article-body';
import { ArticleHeader } from './article-header';
import { ArticleLinks } from './article-links';
import { Enclosures } from './enclosures';
import type { Article } from './reader/listed-item';
import { estimateMinutes } from './reading-time';

interface ArticleViewProps {
  article: Article;
  asOf: string;
  /** Said above the text. */
  note?: ReactNode;
}

/** An article as a whole. */
export function ArticleView({ article, asOf, note }: ArticleViewProps) {
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
      <Enclosures enclosures={enclosures} html={html} />
      <ArticleLinks item={article} />
    </>
  );
}
