import { queryBulk } from './bulk-client';
import { Prisma } from './generated/client';

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

const COLUMNS: Record<keyof FetchMarks, string> = {
  etag: 'etag',
  lastModified: 'last_modified',
  validatorsUrl: 'validators_url',
  movedTo: 'moved_to',
  movedCount: 'moved_count',
  replacement: 'replacement',
  soughtAt: 'sought_at',
};

/**
 * Notes what has changed of it, for the holder of the claim.
 *
 * @param marks at least one.
 * @returns false when the claim was lost.
 */
export async function writeMarks(
  feedId: number,
  token: string,
  marks: Partial<FetchMarks>,
): Promise<boolean> {
  const changes = (Object.keys(COLUMNS) as (keyof FetchMarks)[])
    .filter((name) => marks[name] !== undefined)
    .map((name) => Prisma.sql`${Prisma.raw(COLUMNS[name])} = ${marks[name]}`);
  const rows = await queryBulk(Prisma.sql`
    WITH held AS (
      SELECT feed_id FROM feed_schedules WHERE feed_id = ${feedId} AND claim = ${token}::uuid FOR UPDATE
    )
    UPDATE feeds SET ${Prisma.join(changes)} FROM held WHERE id = feed_id RETURNING id`);
  return rows.length > 0;
}
