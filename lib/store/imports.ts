import { inBulkTransaction } from './bulk-client';
import { openStore } from './client';
import { Prisma } from './generated/client';
import { toText } from './json';

/** A worker that has not been heard of for this long has died: another takes its import. */
export const IMPORT_LEASE = '20 seconds';
/** Imports of one reader that are kept, the one that is added included. */
const KEPT = 20;
/** Files of one reader that may wait at the same time. */
const WAITING_AT_ONCE = 5;

/**
 * Stores a file that a worker will read. Old imports of the reader are forgotten; what they added stays.
 *
 * @returns its id; null when too many files of the reader are waiting already.
 */
export async function createImport(
  userId: number,
  file: { name: string; bytes: Uint8Array },
): Promise<number | null> {
  return inBulkTransaction(async (tx) => {
    // One upload at a time: otherwise each could find room for one more.
    await tx.query(Prisma.sql`SELECT FROM users WHERE id = ${userId}::int FOR UPDATE`);
    const [made] = await tx.query<{ id: number }>(Prisma.sql`
      INSERT INTO imports (user_id, file_name, bytes)
      SELECT ${userId}::int, ${toText(file.name)}, ${Buffer.from(file.bytes)}
      WHERE (SELECT count(*) FROM imports WHERE user_id = ${userId}::int AND bytes IS NOT NULL) < ${WAITING_AT_ONCE}::int
      RETURNING id`);
    if (made === undefined) return null;
    await tx.execute(Prisma.sql`
      DELETE FROM imports WHERE id IN (
        SELECT id FROM imports WHERE user_id = ${userId}::int ORDER BY id DESC OFFSET ${KEPT}::int)`);
    return made.id;
  });
}

/** An import that is ours until its lease runs out. */
export interface ClaimedImport {
  id: number;
  userId: number;
  token: string;
  /** `SETTLING`: all rows are done, and titles wait for what feeds call themselves. */
  stage: 'READING' | 'SUBSCRIBING' | 'SETTLING';
  /** How often it has been taken while its rows were not known, this time included. */
  attempts: number;
}

/**
 * Takes imports that are due: new ones, those of workers that died, and those whose titles wait.
 *
 * @param limit at most so many.
 */
export async function claimImports(limit: number): Promise<ClaimedImport[]> {
  return openStore().$queryRaw<ClaimedImport[]>`
    WITH due AS (
      SELECT id FROM imports WHERE due_at <= now() ORDER BY due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE imports SET claim = gen_random_uuid(), due_at = now() + ${IMPORT_LEASE}::interval,
      attempts = attempts + (status = 'WAITING')::int
    FROM due WHERE imports.id = due.id
    RETURNING imports.id, user_id AS "userId", claim AS token, attempts,
      CASE status WHEN 'WAITING' THEN 'READING' WHEN 'WORKING' THEN 'SUBSCRIBING' ELSE 'SETTLING' END AS stage`;
}

/** @returns the file of an import; null when it is no longer ours. */
export async function readImportFile({ id, token }: ClaimedImport): Promise<Uint8Array | null> {
  return inBulkTransaction(async (tx) => {
    const [row] = await tx.query<{ bytes: Buffer | null }>(Prisma.sql`
      SELECT bytes FROM imports WHERE id = ${id}::int AND claim = ${token}::uuid`);
    return row?.bytes ?? null;
  });
}

/** Nothing can be read from the file: says so, in one sentence, and forgets it. */
export async function refuseImport({ id, token }: ClaimedImport, message: string): Promise<void> {
  await openStore().$executeRaw`
    UPDATE imports SET status = 'REFUSED', message = ${message}, bytes = NULL, claim = NULL, due_at = NULL,
      finished_at = now()
    WHERE id = ${id} AND claim = ${token}::uuid`;
}

/** All rows are done: what is left is to see what feeds call themselves. */
export async function finishImport({ id, token }: ClaimedImport): Promise<void> {
  await openStore().$executeRaw`
    UPDATE imports SET status = 'DONE', claim = NULL, due_at = now() + interval '2 seconds', finished_at = now()
    WHERE id = ${id} AND claim = ${token}::uuid`;
}

/** Gives an import back before its lease runs out. */
export async function handBackImport({ id, token }: ClaimedImport): Promise<void> {
  await openStore().$executeRaw`
    UPDATE imports SET claim = NULL, due_at = now() WHERE id = ${id} AND claim = ${token}::uuid`;
}
