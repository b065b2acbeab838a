import { resolve } from 'node:path';
import { StartError } from '../lib/start-error.mjs';
import { databaseUrl } from '../postgres/database';
import { readRecord } from '../postgres/record';

/**
 * @returns DATABASE_URL, or else the address of the embedded database, which runs while `npm start` does.
 * @throws StartError when there is neither.
 */
export async function findDatabase(): Promise<string> {
  const told = process.env.DATABASE_URL?.trim();
  if (told) return told;
  const dataDir = resolve(process.env.DATA_DIR?.trim() || '.tidings');
  const record = await readRecord(dataDir);
  if (record === undefined) {
    throw new StartError(`DATABASE_URL is not set, and there is no database in ${dataDir} yet.`);
  }
  return databaseUrl(record.port, record);
}
