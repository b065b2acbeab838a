import type { ItemPage } from '@/lib/store/views';
import { ButtonLink } from './button-link';
import { ItemRow } from './item-row';

interface ItemListProps {
  page: ItemPage;
  /** The page that shows the list, without a query. */
  path: string;
  /** Whether this is not the first page. */
  continued: boolean;
  asOf: string;
  withFeed: boolean;
}

/** A page of items, newest first, and the ways to the others. */
export function ItemList({ page, path, continued, asOf, withFeed }: ItemListProps) {
  return (
    <>
      <ol>
        {page.items.map((item) => (
          <ItemRow key={item.id} item={item} asOf={asOf} withFeed={withFeed} />
        ))}
      </ol>
      <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-3 empty:hidden">
        {continued && <ButtonLink href={path}>Newest items</ButtonLink>}
        {page.nextCursor !== null && (
          <ButtonLink href={`${path}?before=${encodeURIComponent(page.nextCursor)}`}>Older items</ButtonLink>
        )}
      </nav>
    </>
  );
}
