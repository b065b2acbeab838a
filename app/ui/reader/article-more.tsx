'use client';

import { useEffect, useState } from 'react';
import { toggleFullText } from './full-texts';
import type { ListedItem } from './listed-item';
import { MenuButton } from './menu';
import { useShownText } from './shown-texts';
import { tell } from './undo-stack';

export interface ArticleMoreProps {
  item: ListedItem;
  /** Left out where the list cannot be marked as a whole. */
  onMarkBeside?: ((direction: 'above' | 'below') => void) | undefined;
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

/** What the menu of an article holds. */
export function ArticleMore({ item, onMarkBeside }: ArticleMoreProps) {
  const share = useShare(item);
  const text = useShownText(item.id);
  const { url } = item;
  return (
    <>
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
      {onMarkBeside !== undefined && (
        <>
          <p className="menu-head">Mark as read</p>
          <MenuButton onClick={() => onMarkBeside('above')}>Everything above</MenuButton>
          <MenuButton onClick={() => onMarkBeside('below')}>Everything below</MenuButton>
        </>
      )}
    </>
  );
}
