'use client';

import { FullTextButton } from './reader/full-text-note';
import { useItemState } from './reader/item-states';
import type { Article } from './reader/listed-item';
import { isExcerpt } from './reader/shown-article';
import { type ShownText, useShownText } from './reader/shown-texts';
import { LOOKS, SubmitButton } from './submit-button';

interface ItemFormsProps {
  article: Article;
  /** The text of its own page, as far as it has come. */
  rendered: ShownText | null;
  /** Where the forms come back to. */
  back: string;
  action: (form: FormData) => Promise<void>;
  textAction: (form: FormData) => Promise<void>;
}

/** What can be done to an article on a page of its own, with or without JavaScript. */
export function ItemForms({ article, rendered, back, action, textAction }: ItemFormsProps) {
  const { id, url } = article;
  const { read, starred } = useItemState(article);
  const text = useShownText(id, rendered);
  return (
    <div className="mt-6 flex flex-wrap gap-3">
      <form action={action} className="contents">
        <input type="hidden" name="itemId" value={id} />
        <input type="hidden" name="back" value={back} />
        <SubmitButton look="plain" busy="Marking…" name="as" value={starred ? 'unstarred' : 'starred'}>
          {starred ? 'Remove the star' : 'Star'}
        </SubmitButton>
        <SubmitButton look="plain" busy="Marking…" name="as" value={read ? 'unread' : 'read'}>
          {read ? 'Mark as unread' : 'Mark as read'}
        </SubmitButton>
      </form>
      {/* Of an excerpt, and once it has been asked for, this is above the text. */}
      {text === null && url !== null && !isExcerpt(article) && (
        <form action={textAction} className="contents">
          <input type="hidden" name="itemId" value={id} />
          <FullTextButton itemId={id} to="full" className={LOOKS.plain}>
            Show the full text
          </FullTextButton>
        </form>
      )}
    </div>
  );
}
