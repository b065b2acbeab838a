import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import pg from 'pg';
import { closeStore } from '@/lib/store/client';
import type { Turn } from './store-turns';

/** Has PostgreSQL tell each new connection the plan of each statement that it has run, with what that did. */
const TELL = {
  session_preload_libraries: 'auto_explain',
  'auto_explain.log_min_duration': '0',
  'auto_explain.log_analyze': 'on',
  'auto_explain.log_buffers': 'on',
  'auto_explain.log_parameter_max_length': '100',
  client_min_messages: 'log',
};

async function setAll(superuserUrl: string, how: (name: string, value: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const [row] = (await client.query<{ name: string }>('SELECT current_database() AS name')).rows;
  for (const [name, value] of Object.entries(TELL))
    await client.query(`ALTER DATABASE ${client.escapeIdentifier(row?.name ?? '')} ${how(name, value)}`);
  await client.end();
}

/** Hands on what PostgreSQL tells the connections of this process. @returns how to end that. */
function listen(onTold: (message: string) => void): () => void {
  const { emit } = pg.Client.prototype;
  pg.Client.prototype.emit = function (this: pg.Client, name: string, ...told: unknown[]) {
    const [notice] = told as [{ message?: string }?];
    if (name === 'notice') onTold(notice?.message ?? '');
    return emit.call(this, name, ...told);
  } as typeof emit;
  return () => {
    pg.Client.prototype.emit = emit;
  };
}

/**
 * Writes the plans of all statements of each turn into a file, as EXPLAIN (ANALYZE, BUFFERS) has them: of the second
 * time, since the first settles counts and plans.
 */
export async function writePlans(turns: Turn[], superuserUrl: string, path: string): Promise<void> {
  await setAll(superuserUrl, (name, value) => `SET ${name} = '${value}'`);
  // Connections that are open already would say nothing.
  await closeStore();
  let told: string[] = [];
  const end = listen((message) => told.push(message));
  const texts: string[] = [];
  for (const { what, prepare, run, finish } of turns) {
    for (let time = 0; time < 2; time += 1) {
      await prepare?.();
      told = [];
      await run();
    }
    if (told.length === 0) throw new Error(`PostgreSQL told no plan of: ${what}`);
    texts.push(`== ${what}\n\n${told.join('\n\n')}\n`);
    await finish?.();
  }
  end();
  await closeStore();
  await setAll(superuserUrl, (name) => `RESET ${name}`);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, texts.join('\n'));
}
