import { queueFullText, readFullText } from '@/lib/store/full-texts';
import type { FullTextView } from '@/lib/store/views';

/**
 * Asks for the text of an item's own page, which a worker fetches: the row is all there is to it, workers look for such
 * rows twice a second.
 *
 * @returns how far that has come; null where the item is not the reader's.
 */
export async function requestFullText(request: {
  userId: number;
  itemId: number;
}): Promise<FullTextView | null> {
  const { userId, itemId } = request;
  const found = await readFullText(userId, itemId);
  if (found === null || found.text.status === 'ready' || found.text.status === 'waiting')
    return found?.text ?? null;
  const url = URL.parse(found.url ?? '');
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return {
      status: 'failed',
      error: { code: 'no-address', message: 'The feed names no page for this item.' },
    };
  }
  await queueFullText(userId, itemId, url.host);
  return (await readFullText(userId, itemId))?.text ?? null;
}
