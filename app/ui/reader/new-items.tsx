'use client';

interface NewItemsProps {
  count: number;
  onShow: () => void;
}

/** As many as one page has: there may be more. */
const MANY = 50;

/** Says at the top of a list that it has new items. It lies over the list, so that nothing moves. */
export function NewItems({ count, onShow }: NewItemsProps) {
  return (
    <div className="new-items" aria-live="polite">
      {count > 0 && (
        <button type="button" onClick={onShow}>
          <span aria-hidden="true">↑</span> {count >= MANY ? `${MANY} or more` : count} new{' '}
          {count === 1 ? 'item' : 'items'}
        </button>
      )}
    </div>
  );
}
