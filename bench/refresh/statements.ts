import pg from 'pg';
import { printTable } from '../support/figures';

/** What PostgreSQL has spent on a statement. */
interface Spent {
  calls: number;
  ms: number;
  rows: number;
  query: string;
}

const MOST = 14;

/**
 * Begins to count what PostgreSQL spends on each statement.
 *
 * @returns how to read what was spent since the last time, the most expensive statements first.
 */
export async function countStatements(superuserUrl: string): Promise<() => Promise<Spent[]>> {
  const run = async (sql: string) => {
    const client = new pg.Client({ connectionString: superuserUrl });
    await client.connect();
    const { rows } = await client.query(sql).finally(() => client.end());
    return rows;
  };
  await run('CREATE EXTENSION IF NOT EXISTS pg_stat_statements; SELECT pg_stat_statements_reset()');
  return async () => {
    const spent = await run(
      `SELECT calls::int, total_exec_time + total_plan_time AS ms, rows::int, query FROM pg_stat_statements
       ORDER BY 2 DESC LIMIT ${MOST}`,
    );
    await run('SELECT pg_stat_statements_reset()');
    return spent;
  };
}

export function printStatements(title: string, spent: Spent[]): void {
  printTable(
    `${title}: where PostgreSQL's time went`,
    spent.map(({ calls, ms, rows, query }) => ({
      statement: query.replace(/\s+/g, ' ').slice(0, 90),
      calls,
      rows,
      ms: Math.round(ms),
      'ms a call': (ms / calls).toFixed(2),
    })),
  );
}
