import type { Article } from './reader/listed-item';

const LOOK =
  'inline-flex min-h-11 items-center gap-2 rounded-lg border border-line-strong/50 bg-raised px-4 text-[0.9375rem] font-medium hover:border-accent hover:text-accent';

/** Where an article goes on: its own page, what others say, and what it is about. */
export function ArticleLinks({ item }: { item: Article }) {
  return (
    <footer className="mt-12 grid gap-6 border-t border-line pt-6">
      <p className="flex flex-wrap gap-3 empty:hidden">
        {item.url !== null && (
          <a href={item.url} rel="noreferrer" className={LOOK}>
            Read the original <span aria-hidden="true">↗</span>
          </a>
        )}
        {item.commentsUrl !== null && (
          <a href={item.commentsUrl} rel="noreferrer" className={LOOK}>
            Comments <span aria-hidden="true">↗</span>
          </a>
        )}
      </p>
      {item.categories.length > 0 && (
        <ul aria-label="Topics" className="flex flex-wrap gap-x-3 gap-y-1.5 text-sm text-muted">
          {[...new Set(item.categories)].map((category) => (
            <li key={category}>
              <bdi># {category}</bdi>
            </li>
          ))}
        </ul>
      )}
    </footer>
  );
}
