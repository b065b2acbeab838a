import pg from 'pg';
import { Agent, request } from 'undici';
import { addressOf, FEEDS, ITEMS, type Site } from './site';

/** Bare requests for the same documents, at the same concurrency. @returns seconds. */
export async function timeRequests(site: Site, concurrency: number, conditional: boolean): Promise<number> {
  const dispatcher = new Agent({ pipelining: 1 });
  let next = 0;
  const begun = performance.now();
  const lane = async () => {
    for (let feed = next++; feed < FEEDS; feed = next++) {
      const headers = conditional ? { 'if-none-match': `"${feed}"` } : {};
      const { body } = await request(addressOf(site, feed), { dispatcher, headers });
      await body.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const seconds = (performance.now() - begun) / 1000;
  await dispatcher.close();
  return seconds;
}

/** As many items as a first fetch stores, copied into an empty table with the same indexes on one connection. @returns items a second. */
export async function timeCopy(superuserUrl: string): Promise<number> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const { rows } = await client.query("SELECT current_setting('data_directory') || '/items.copy' AS path");
  const path = client.escapeLiteral(rows[0].path);
  await client.query('CREATE TABLE floor (LIKE items INCLUDING ALL)');
  await client.query(`COPY (SELECT * FROM items LIMIT ${FEEDS * ITEMS}) TO ${path}`);
  const begun = performance.now();
  const { rowCount } = await client.query(`COPY floor FROM ${path}`);
  const seconds = (performance.now() - begun) / 1000;
  await client.query('DROP TABLE floor');
  await client.end();
  return (rowCount ?? 0) / seconds;
}
