import type { FullTextView } from '@/lib/store/views';
import { readShownText, showText } from './shown-texts';

const FIRST_PAUSE_MS = 300;
const LONGEST_PAUSE_MS = 3000;
const GROWTH = 1.3;
/** A worker has 20 seconds for a page, and may have others before it. */
const PATIENCE_MS = 90_000;

const LATE: FullTextView = {
  status: 'failed',
  error: { code: 'late', message: 'No worker has come to it yet: it will be there later.' },
};

/** @throws where the server is away or has no such item. */
async function ask(itemId: number, method: 'GET' | 'POST'): Promise<FullTextView> {
  const response = await fetch(`/api/items/${itemId}/full-text`, { method });
  if (!response.ok) throw new Error(`The server answers with ${response.status}.`);
  return (await response.json()) as FullTextView;
}

/**
 * Asks for the text of an item's own page, and looks until it is there or cannot be had, or until nobody wants it any
 * longer.
 *
 * @param unasked where nobody has just asked for it: what could not be had is not tried again.
 * @throws where the server is away.
 */
export async function followFullText(itemId: number, unasked: boolean): Promise<void> {
  const begun = performance.now();
  let text: FullTextView = unasked ? await ask(itemId, 'GET') : { status: 'none' };
  if (text.status === 'none') text = await ask(itemId, 'POST');
  for (let pause = FIRST_PAUSE_MS; text.status === 'waiting'; ) {
    if (performance.now() - begun > PATIENCE_MS) text = LATE;
    else {
      await new Promise((resolve) => setTimeout(resolve, pause));
      pause = Math.min(LONGEST_PAUSE_MS, pause * GROWTH);
      if (readShownText(itemId) === null) return;
      text = await ask(itemId, 'GET');
    }
  }
  if (readShownText(itemId) !== null) showText(itemId, text.status === 'none' ? null : text);
}
