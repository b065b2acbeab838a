import { openStore } from './client';
import { endSubscriptions } from './end-subscriptions';
import { Prisma } from './generated/client';

/** More would not be found again. */
const MOST_FOLDERS = 500;

/** `taken`: another folder of the user has the name. `full`: there are too many. */
export type MadeFolder = { kind: 'made'; id: number } | { kind: 'taken' } | { kind: 'full' };

/** Makes a folder, last among the user's. */
export async function createFolder(userId: number, name: string): Promise<MadeFolder> {
  const [row] = await openStore().$queryRaw<{ id: number | null; taken: boolean }[]>`
    WITH mine AS (
      SELECT count(*) AS folders, COALESCE(max(position) + 1, 0) AS place FROM folders WHERE user_id = ${userId}
    ), made AS (
      INSERT INTO folders (user_id, name, position)
      SELECT ${userId}, ${name}, place FROM mine WHERE folders < ${MOST_FOLDERS}
      ON CONFLICT (user_id, name) DO NOTHING RETURNING id
    )
    SELECT (SELECT id FROM made) AS id, folders < ${MOST_FOLDERS} AS taken FROM mine`;
  if (row?.id != null) return { kind: 'made', id: row.id };
  return { kind: row?.taken ? 'taken' : 'full' };
}

export async function renameFolder(
  userId: number,
  folderId: number,
  name: string,
): Promise<'renamed' | 'taken' | 'missing'> {
  try {
    const { count } = await openStore().folder.updateMany({
      where: { id: folderId, userId },
      data: { name },
    });
    return count > 0 ? 'renamed' : 'missing';
  } catch (error) {
    // The unique index knows, also of a folder that is made at this moment.
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002') return 'taken';
    throw error;
  }
}

/**
 * Deletes a folder. What was in it stays, without a folder.
 *
 * @returns false when the user has no such folder.
 */
export async function deleteFolder(userId: number, folderId: number): Promise<boolean> {
  const { count } = await openStore().folder.deleteMany({ where: { id: folderId, userId } });
  return count > 0;
}

/**
 * Deletes a folder and ends the subscriptions in it, all or nothing; undoing brings both back.
 *
 * @returns null when the user has no such folder.
 */
export async function deleteFolderWithFeeds(userId: number, folderId: number) {
  return openStore().$transaction(async (tx) => {
    const folder = await tx.folder.findFirst({
      where: { id: folderId, userId },
      select: { subscriptions: { where: { userId }, select: { feedId: true } } },
    });
    if (folder === null) return null;
    const feedIds = folder.subscriptions.map(({ feedId }) => feedId);
    const ended = await endSubscriptions(userId, feedIds, tx);
    await tx.folder.deleteMany({ where: { id: folderId, userId } });
    return ended;
  });
}

/** Puts the user's folders in this order; those that are not named keep their places after them. */
export async function orderFolders(userId: number, folderIds: number[]): Promise<void> {
  await openStore().$executeRaw`
    UPDATE folders SET position = placed.place - 1
    FROM (
      SELECT f.id, row_number() OVER (ORDER BY wanted.place NULLS LAST, f.position, f.id)::int AS place
      FROM folders f LEFT JOIN unnest(${folderIds}::int[]) WITH ORDINALITY AS wanted (id, place) ON wanted.id = f.id
      WHERE f.user_id = ${userId}
    ) AS placed
    WHERE folders.id = placed.id AND folders.user_id = ${userId} AND position <> placed.place - 1`;
}

/**
 * Moves feeds of a user to a folder, or out of any.
 *
 * @param folderId null for none.
 * @returns how many of the ids are feeds of the user; none where the folder is not.
 */
export async function moveFeedsToFolder(
  userId: number,
  feedIds: number[],
  folderId: number | null,
): Promise<number> {
  return openStore().$executeRaw`
    UPDATE subscriptions SET folder_id = ${folderId}::int
    WHERE user_id = ${userId} AND feed_id = ANY(${feedIds}::int[]) AND (${folderId}::int IS NULL OR EXISTS (
      SELECT FROM folders WHERE id = ${folderId}::int AND user_id = ${userId}))`;
}
