import Link from 'next/link';
import type { ItemView } from '@/lib/store/views';
import { FeedTile } from './feed-tile';
import { langTag } from './lang-tag';
import { RelativeTime } from './relative-time';

/** An article's feed, title, author and date. */
export function ArticleHeader({ item, asOf }: { item: ItemView; asOf: string }) {
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
        className="mt-3 font-serif text-[1.75rem] leading-[1.18] font-semibold tracking-tight text-balance sm:text-4xl sm:leading-[1.15]"
        dir="auto"
        lang={langTag(item.feedLanguage, item.title)}
      >
        {item.title}
      </h1>
      <p className="mt-4 dotted flex flex-wrap text-sm text-muted">
        {item.author && (
          <span>
            <bdi>{item.author}</bdi>
          </span>
        )}
        <span>
          <RelativeTime at={item.sortAt.toISOString()} asOf={asOf} as="day" />
        </span>
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
