'use client';

import { useItemState } from './reader/item-states';
import type { Article } from './reader/listed-item';
import { SubmitButton } from './submit-button';

interface ItemFormsProps {
  article: Article;
  action: (form: FormData) => Promise<void>;
}

/** What can be done to an article on a page of its own, with or without JavaScript. */
export function ItemForms({ article, action }: ItemFormsProps) {
  const { read, starred } = useItemState(article);
  return (
    <form action={action} className="mt-6 flex flex-wrap gap-3">
      <input type="hidden" name="itemId" value={article.id} />
      {/* Shown again because of what was done here, it is not read because of that. */}
      <input type="hidden" name="back" value={`/items/${article.id}?keep=1`} />
      <SubmitButton look="plain" busy="Marking…" name="as" value={starred ? 'unstarred' : 'starred'}>
        {starred ? 'Remove the star' : 'Star'}
      </SubmitButton>
      <SubmitButton look="plain" busy="Marking…" name="as" value={read ? 'unread' : 'read'}>
        {read ? 'Mark as unread' : 'Mark as read'}
      </SubmitButton>
    </form>
  );
}
