import { langTag } from './lang-tag';

/**
 * An article's text. The only place where HTML of a feed goes into a page as HTML: the worker put it through
 * lib/feed/sanitise-html.ts (an allow-list of elements, attributes and schemes) before it was stored, and
 * nothing else writes that column.
 */
export function ArticleBody({ html, language }: { html: string; language: string | null }) {
  return (
    <div
      className="article"
      dir="auto"
      lang={langTag(language, html)}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the worker, see above
      dangerouslySetInnerHTML={{ __html: html }}
    />
  );
}
