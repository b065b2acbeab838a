import { findFailingRows } from '@/lib/store/read-imports';
import { refreshFeeds } from './refresh-feeds';

/**
 * Has those feeds of an import fetched again that fail.
 *
 * @param position of a row; all of them when null.
 * @returns how many.
 */
export async function retryImport(request: {
  userId: number;
  importId: number;
  position: number | null;
}): Promise<number> {
  const { userId, importId, position } = request;
  const feedIds = await findFailingRows(userId, importId, position);
  return feedIds.length === 0 ? 0 : refreshFeeds({ userId, feedIds });
}
