'use client';

import { useState } from 'react';
import type { ArticleMore, ArticleMoreProps } from './article-more';
import { IconButton } from './icon-button';
import { useItemState } from './item-states';
import type { ListedItem } from './listed-item';
import { LookMenu } from './look-menu';
import { toggle } from './mark';
import { Menu } from './menu';
import { tell } from './undo-stack';

interface ArticleToolsProps {
  item: ListedItem;
  closeAddress: string;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  /** Left out where the list cannot be marked as a whole. */
  onMarkBeside?: ((direction: 'above' | 'below') => void) | undefined;
}

/** What is seldom done to an article: it comes when it is asked for. */
function MoreMenu(props: ArticleMoreProps) {
  const [loaded, setLoaded] = useState<{ More: typeof ArticleMore } | null>(null);
  const load = () =>
    void import('./article-more').then(
      ({ ArticleMore: More }) => setLoaded({ More }),
      () => tell('The menu could not be loaded.'),
    );
  return (
    <Menu icon="more" label="More for this article" onOpen={load}>
      {loaded && <loaded.More {...props} />}
    </Menu>
  );
}

/** What can be done to an article: above it, or at the foot of a phone, where the thumb is. */
export function ArticleTools({ item, closeAddress, onClose, onStep, onMarkBeside }: ArticleToolsProps) {
  const { read, starred } = useItemState(item);
  return (
    <div className="tools article-tools">
      <a
        href={closeAddress}
        aria-label="Back to the list"
        title="Back to the list (Esc)"
        className="icon-button close-button"
        onClick={(event) => {
          event.preventDefault();
          onClose();
        }}
      >
        <CloseIcon />
      </a>
      <IconButton icon="previous" label="Previous item" shortcut="k" onClick={() => onStep(-1)} />
      <IconButton icon="next" label="Next item" shortcut="j" onClick={() => onStep(1)} />
      <span className="grow" />
      <IconButton
        icon="star"
        label={starred ? 'Remove the star' : 'Star'}
        shortcut="s"
        filled={starred}
        data-on={starred || undefined}
        onClick={() => toggle(item, 'starred')}
      />
      <IconButton
        icon="unread"
        label={read ? 'Mark as unread' : 'Mark as read'}
        shortcut="m"
        filled={!read}
        data-on={!read || undefined}
        onClick={() => toggle(item, 'read')}
      />
      <LookMenu />
      <MoreMenu item={item} onMarkBeside={onMarkBeside} />
    </div>
  );
}

/** An arrow on a phone, where the list lies behind; a cross where it stands beside. */
function CloseIcon() {
  return (
    <svg viewBox="0 0 24 24" className="icon" aria-hidden="true">
      <path className="as-arrow" d="M15 5l-7 7 7 7" />
      <path className="as-cross" d="M6 6l12 12M18 6L6 18" />
    </svg>
  );
}
