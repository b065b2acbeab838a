import { openStore } from './client';

/** What a fetch may find out beside the document. */
export interface FetchMarks {
  etag: string | null;
  lastModified: string | null;
  validatorsUrl: string | null;
  movedTo: string | null;
  movedCount: number;
  replacement: string | null;
  soughtAt: Date | null;
}

/**
 * Notes what has changed of it, for the holder of the claim.
 *
 * @returns false when the claim was lost.
 */
export async function writeMarks(
  feedId: number,
  token: string,
  marks: Partial<FetchMarks>,
): Promise<boolean> {
  const { count } = await openStore().feed.updateMany({ where: { id: feedId, claim: token }, data: marks });
  return count > 0;
}
