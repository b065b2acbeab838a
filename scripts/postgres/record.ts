import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const recordSchema = z.object({
  /** Where the data is when PostgreSQL's user cannot reach DATA_DIR; null when it is in DATA_DIR, which may be moved. */
  home: z.string().nullable(),
  port: z.number(),
  /** Of the role `postgres`, which may do everything; Tidings itself uses the role `tidings`. */
  superuserPassword: z.string(),
  password: z.string(),
  /** Whether role and database have been made. */
  prepared: z.boolean(),
});

/** What is kept about the embedded PostgreSQL, in `DATA_DIR/postgres.json`. */
export type ClusterRecord = z.infer<typeof recordSchema>;

/** @returns undefined at the first start, and when the file was lost or damaged (the data can still be opened). */
export async function readRecord(dataDir: string): Promise<ClusterRecord | undefined> {
  const text = await readFile(recordPath(dataDir), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return recordSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Writes whole or not at all, readable by its owner only. */
export async function writeRecord(dataDir: string, record: ClusterRecord): Promise<void> {
  const path = recordPath(dataDir);
  await writeFile(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** @returns a record with new passwords, for a first start. */
export function newRecord(): ClusterRecord {
  const secret = () => randomBytes(24).toString('base64url');
  return { home: null, port: 0, superuserPassword: secret(), password: secret(), prepared: false };
}

function recordPath(dataDir: string): string {
  return join(dataDir, 'postgres.json');
}
