import type { SearchHit } from '@/lib/store/views';
import { FeedTile } from './feed-tile';
import { langTag } from './lang-tag';
import { PageLink } from './page-link';
import { RelativeTime } from './relative-time';

/** A text in which what was searched for is marked. */
function Marked({ parts }: { parts: SearchHit['marked']['title'] }) {
  let at = 0;
  return parts.map(({ text, isMatch }) => {
    const key = at;
    at += text.length;
    return isMatch ? (
      <mark key={key} className="rounded-xs bg-warn-wash px-0.5 text-inherit ring-1 ring-warn-line">
        {text}
      </mark>
    ) : (
      text
    );
  });
}

/** An item that was found: all of it leads to the article. */
export function SearchHitRow({ hit, asOf }: { hit: SearchHit; asOf: string }) {
  const { title, excerpt } = hit.marked;
  return (
    <li className="group relative border-b border-line py-5 last:border-b-0">
      <h2
        className={`-my-0.5 line-clamp-4 py-0.5 font-serif text-lg leading-snug sm:text-[1.1875rem] ${hit.read ? 'text-muted' : 'font-semibold'}`}
        dir="auto"
        lang={langTag(null, hit.title)}
      >
        <PageLink
          href={`/items/${hit.id}`}
          className="after:absolute after:inset-0 group-hover:text-accent focus-visible:outline-none focus-visible:after:rounded-md focus-visible:after:outline-2 focus-visible:after:outline-accent"
        >
          <Marked parts={title} />
        </PageLink>
      </h2>
      {excerpt.length > 0 && (
        <p
          className="mt-1.5 mb-2 line-clamp-3 text-[0.9375rem] text-muted"
          dir="auto"
          lang={langTag(null, hit.excerpt)}
        >
          <Marked parts={excerpt} />
        </p>
      )}
      <p className="dotted flex flex-wrap items-center text-sm text-muted">
        <span className="inline-flex max-w-64 items-center gap-1.5 font-medium text-ink/85">
          <FeedTile feedId={hit.feedId} title={hit.feedTitle} icon={hit.feedIcon} size="small" />
          <bdi className="truncate">{hit.feedTitle}</bdi>
        </span>
        {hit.author && hit.author !== hit.feedTitle && (
          <span className="max-w-56 truncate">
            <bdi>{hit.author}</bdi>
          </span>
        )}
        <span>
          <RelativeTime at={hit.sortAt.toISOString()} asOf={asOf} />
        </span>
        {hit.starred && <span>Starred</span>}
      </p>
    </li>
  );
}
