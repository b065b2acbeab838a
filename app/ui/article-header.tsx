import Link from 'next/link';
import { FeedTile } from './feed-tile';
import { langTag } from './lang-tag';
import type { ListedItem } from './reader/listed-item';
import { RelativeTime } from './relative-time';

interface ArticleHeaderProps {
  /** Known before its text is. */
  item: ListedItem;
  asOf: string;
  language: string | null;
  /** To read it; 0 for less than one, null while that is not known. */
  minutes: number | null;
}

/** An article's feed, title, author, date and length. */
export function ArticleHeader({ item, asOf, language, minutes }: ArticleHeaderProps) {
  return (
    <header className="mb-9">
      <Link
        href={`/feeds/${item.feedId}`}
        prefetch={false}
        className="inline-flex min-h-11 max-w-full items-center gap-2.5 text-sm font-medium hover:text-accent"
      >
        <FeedTile feedId={item.feedId} title={item.feedTitle} icon={item.feedIcon} />
        <bdi className="truncate">{item.feedTitle}</bdi>
      </Link>
      <h1
        id="article-title"
        className="mt-3 font-serif text-[1.75rem] leading-[1.18] font-semibold tracking-tight text-balance sm:text-4xl sm:leading-[1.15]"
        dir="auto"
        lang={langTag(language, item.title)}
      >
        {item.title}
      </h1>
      <p className="mt-4 dotted flex flex-wrap text-sm text-muted">
        {item.author && item.author !== item.feedTitle && (
          <span>
            <bdi>{item.author}</bdi>
          </span>
        )}
        <span>
          <RelativeTime at={item.sortAt} asOf={asOf} as="day" />
        </span>
        {minutes !== null && minutes > 0 && <span>{minutes} min to read</span>}
        {item.url !== null && (
          <span>
            <a href={item.url} rel="noreferrer" className="text-accent hover:underline">
              {URL.parse(item.url)?.host ?? 'Original'} <span aria-hidden="true">↗</span>
            </a>
          </span>
        )}
      </p>
    </header>
  );
}
