import pg from 'pg';
import { StartError } from '../lib/start-error.mjs';

/** The oldest that the PostgreSQL project still cares for. */
const oldestMajor = 14;

/**
 * Sees whether a database can be used at all.
 *
 * @param url as `DATABASE_URL` has it; its password is in no message.
 * @throws StartError with one sentence when it cannot.
 */
export async function checkDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // A connection that breaks after all was read would end the process otherwise.
  client.on('error', () => undefined);
  try {
    await client.connect();
    const answer = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const major = Math.floor(Number(answer.rows[0]?.server_version_num) / 10_000);
    if (major < oldestMajor) {
      throw new StartError(
        `DATABASE_URL cannot be used: it is a PostgreSQL ${major}, and Tidings needs ${oldestMajor} or newer.`,
      );
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(`DATABASE_URL cannot be used: ${explain(error, url)}.`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** @returns the reason of a failed connection, as the end of a sentence. */
function explain(error: unknown, url: string): string {
  const { hostname, port, username, pathname } = new URL(url);
  const place = `${hostname || 'localhost'}:${port || '5432'}`;
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const message = first instanceof Error ? first.message : String(first);
  const code = first instanceof Error && 'code' in first ? String(first.code) : '';
  const reasons: Record<string, string> = {
    ECONNREFUSED: `nothing answers at ${place}`,
    ENOTFOUND: `there is no host called ${hostname}`,
    EAI_AGAIN: `the name ${hostname} cannot be looked up`,
    ETIMEDOUT: `${place} does not answer`,
    EHOSTUNREACH: `${place} cannot be reached`,
    ENETUNREACH: `${place} cannot be reached`,
    '28P01': `the password of ${username} is wrong`,
    '28000': `${username} may not connect (${message})`,
    '3D000': `there is no database called ${decodeURIComponent(pathname.slice(1))}`,
    '53300': 'the server has no connections left',
    '57P03': 'the server is starting up or shutting down',
  };
  if (/timeout expired/.test(message)) return `${place} does not answer`;
  return reasons[code] ?? message.replace(/\.$/, '');
}
