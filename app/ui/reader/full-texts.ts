'use client';

import { readShownText, showText } from './shown-texts';
import { tell } from './undo-stack';

/**
 * Shows the text of an item's own page, as soon as that is there. What knows how to get it comes when it is wanted.
 *
 * @param unasked where nobody has just asked for it: what could not be had is not tried again.
 */
export async function wantFullText(itemId: number, unasked = false): Promise<void> {
  const text = readShownText(itemId);
  if (text !== null && (unasked || text.status !== 'failed')) return;
  showText(itemId, { status: 'waiting' });
  try {
    const { followFullText } = await import('./follow-full-text');
    await followFullText(itemId, unasked);
  } catch {
    showText(itemId, null);
    tell('The server does not answer: the full text cannot be fetched now.');
  }
}

/** Goes to the text of an item's own page, or back to that of the feed. */
export function toggleFullText(itemId: number): void {
  const text = readShownText(itemId);
  if (text === null || text.status === 'failed') void wantFullText(itemId);
  else showText(itemId, null);
}
