'use client';

import { useEffect, useState } from 'react';
import { toggleFullText } from './full-texts';
import { IconButton } from './icon-button';
import { useItemState } from './item-states';
import type { ListedItem } from './listed-item';
import { LookMenu } from './look-menu';
import { toggle } from './mark';
import { Menu, MenuButton } from './menu';
import { useShownText } from './shown-texts';
import { tell } from './undo-stack';

interface ArticleToolsProps {
  item: ListedItem;
  closeAddress: string;
  onClose: () => void;
  onStep: (by: 1 | -1) => void;
  onMarkBeside: (direction: 'above' | 'below') => void;
}

async function copyLink(url: string) {
  try {
    await navigator.clipboard.writeText(url);
    tell('Link copied.');
  } catch {
    // Without HTTPS, or where it is forbidden.
    tell('The browser does not let the link be copied.');
  }
}

/** Hands a link to whatever the device shares with. */
function useShare(item: ListedItem): (() => void) | null {
  const [can, setCan] = useState(false);
  useEffect(() => setCan(typeof navigator.share === 'function'), []);
  const { url, title } = item;
  if (!can || url === null) return null;
  // Closed without sharing, it says so by an error that is none.
  return () => void navigator.share({ url, title }).catch(() => undefined);
}

/** What can be done to an article: above it, or at the foot of a phone, where the thumb is. */
export function ArticleTools({ item, closeAddress, onClose, onStep, onMarkBeside }: ArticleToolsProps) {
  const { read, starred } = useItemState(item);
  const share = useShare(item);
  const text = useShownText(item.id);
  const { url } = item;
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
      <Menu icon="more" label="More for this article">
        {url !== null && (
          <>
            <a href={url} target="_blank" rel="noreferrer" data-closes="" className="menu-item">
              Open the original <kbd className="ms-auto">v</kbd>
            </a>
            <MenuButton onClick={() => toggleFullText(item.id)}>
              {text === null || text.status === 'failed' ? 'Show the full text' : 'Show the feed’s text'}
              <kbd className="ms-auto">d</kbd>
            </MenuButton>
            <MenuButton onClick={() => void copyLink(url)}>Copy the link</MenuButton>
          </>
        )}
        {share !== null && <MenuButton onClick={share}>Share…</MenuButton>}
        <p className="menu-head">Mark as read</p>
        <MenuButton onClick={() => onMarkBeside('above')}>Everything above</MenuButton>
        <MenuButton onClick={() => onMarkBeside('below')}>Everything below</MenuButton>
      </Menu>
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
