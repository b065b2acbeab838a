import type { ItemPage, ItemSummary, ItemView, SearchHit, SearchPage } from '@/lib/store/views';

/** As JSON carries it: dates are ISO. */
type Carried<View> = Omit<View, 'publishedAt' | 'sortAt'> & { publishedAt: string | null; sortAt: string };

/** An item as lists in the browser keep it. */
export type ListedItem = Carried<ItemSummary> & {
  /** Of what was found. */
  marked?: SearchHit['marked'];
};

/** An article as the browser keeps it. */
export type Article = Carried<ItemView>;

/** A page of a list, as `GET /api/items` answers. */
export interface ListedPage {
  items: ListedItem[];
  nextCursor: string | null;
}

function carry<View extends ItemSummary>(view: View): Carried<View> {
  return {
    ...view,
    publishedAt: view.publishedAt?.toISOString() ?? null,
    sortAt: view.sortAt.toISOString(),
  };
}

/** @returns a page of the store as a browser is given it. */
export function toListedPage(page: ItemPage | SearchPage): ListedPage {
  return { items: page.items.map(carry), nextCursor: page.nextCursor };
}

/** @returns an article of the store as a browser is given it. */
export function toArticle(item: ItemView): Article {
  return carry(item);
}
