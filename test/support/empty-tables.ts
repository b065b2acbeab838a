import pg from 'pg';
import { eventually } from './eventually';

/** PostgreSQL's code for a lock that was not had in time. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * Empties tables, and those that refer to them. A process may still be writing what an earlier test has left: they are
 * taken when it has none of them.
 */
export async function emptyTables(client: pg.Client, tables: string): Promise<void> {
  // Shorter than the second after which PostgreSQL looks for a deadlock, and ends one of the two.
  await client.query("SET lock_timeout = '500ms'");
  await eventually(async () => {
    try {
      await client.query(`TRUNCATE ${tables} CASCADE`);
      return true;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE) return false;
      throw error;
    }
  }, `nobody writes ${tables}`);
  await client.query('RESET lock_timeout');
}

/** The same, by a connection of its own. */
export async function emptyTablesAt(url: string | undefined, tables: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await emptyTables(client, tables).finally(() => client.end());
}
