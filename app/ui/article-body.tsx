'use client';

import { type MouseEvent, useMemo } from 'react';
import { followNote } from './follow-note';
import { holdPlayers } from './hold-players';
import { langTag } from './lang-tag';
import { isPlainClick } from './reader/is-plain-click';
import { tell } from './reader/undo-stack';

/** Links to another place of the same text (lib/feed/sanitise/notes.ts). */
const NOTE = 'a[href^="#"]';
const PANE = '[data-pane="article"]';

/**
 * An article's text. The only place where HTML of others goes into a page as HTML: the worker put it through
 * lib/feed/sanitise-html.ts (an allow-list of elements, attributes and schemes) before it was stored, and
 * nothing else writes those columns (items.html, full_texts.html).
 */
export function ArticleBody({ html, language }: { html: string; language: string | null }) {
  // The same object while the text is the same: React would write the text anew, and players would stop.
  const held = useMemo(() => ({ __html: holdPlayers(html) }), [html]);
  const follow = (event: MouseEvent<HTMLElement>) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || !isPlainClick(event)) return;
    if (link.matches(NOTE)) {
      // On a page of its own it is a link as any other, with a step in the history.
      if (link.closest(PANE) !== null && followNote(event.currentTarget, link)) event.preventDefault();
      return;
    }
    if (!link.matches('.held-player')) return;
    event.preventDefault();
    // Few articles have a player: what brings it comes with the first that is wanted.
    import('./play-held').then(
      ({ playHeld }) => playHeld(link),
      () => tell('The player could not be loaded.'),
    );
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links in it are what is clicked, with the keyboard too
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div
      className="article"
      dir="auto"
      lang={langTag(language, html)}
      onClick={follow}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised by the worker, see above
      dangerouslySetInnerHTML={held}
    />
  );
}
