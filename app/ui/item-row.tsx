import Link from 'next/link';
import type { ItemSummary } from '@/lib/store/views';
import { FeedTile } from './feed-tile';
import { langTag } from './lang-tag';
import { RelativeTime } from './relative-time';

interface ItemRowProps {
  item: ItemSummary;
  asOf: string;
  /** Whether to say which feed it is of. */
  withFeed: boolean;
}

function Byline({ item, asOf, withFeed }: ItemRowProps) {
  return (
    <p className="dotted flex flex-wrap items-center text-sm text-muted">
      {withFeed && (
        <span className="inline-flex max-w-64 items-center gap-1.5 font-medium text-ink/85">
          <FeedTile feedId={item.feedId} title={item.feedTitle} icon={item.feedIcon} size="small" />
          <bdi className="truncate">{item.feedTitle}</bdi>
        </span>
      )}
      {item.author && item.author !== item.feedTitle && (
        <span className="max-w-56 truncate">
          <bdi>{item.author}</bdi>
        </span>
      )}
      <span>
        <RelativeTime at={item.sortAt.toISOString()} asOf={asOf} />
      </span>
      {item.url !== null && (
        <span>
          <a
            href={item.url}
            rel="noreferrer"
            className="relative z-10 -my-2.5 inline-flex min-h-11 items-center hover:text-accent hover:underline lg:-my-1 lg:min-h-8"
          >
            Original<span className="sr-only"> of {item.title}</span>
            <span aria-hidden="true" className="ms-1">
              ↗
            </span>
          </a>
        </span>
      )}
    </p>
  );
}

/** An item in a list: all of it leads to the article. */
export function ItemRow({ item, asOf, withFeed }: ItemRowProps) {
  return (
    <li className="group relative border-b border-line py-5 last:border-b-0">
      <h2
        className="line-clamp-4 font-serif text-lg leading-snug font-semibold sm:text-[1.1875rem]"
        dir="auto"
        lang={langTag(null, item.title)}
      >
        <Link
          href={`/items/${item.id}`}
          prefetch={false}
          className="after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          {item.title}
        </Link>
      </h2>
      {item.excerpt !== '' && (
        <p
          className="mt-1.5 mb-2 line-clamp-2 text-[0.9375rem] text-muted"
          dir="auto"
          lang={langTag(null, item.excerpt)}
        >
          {item.excerpt}
        </p>
      )}
      <Byline item={item} asOf={asOf} withFeed={withFeed} />
    </li>
  );
}
