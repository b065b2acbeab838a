import { renameSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, tryPort } from '../lib/ports.mjs';
import { StartError } from '../lib/start-error.mjs';
import { createCluster, hasCluster, resetPassword } from './cluster';
import { databaseUrl, prepareDatabase, superuserUrl } from './database';
import { choosePlace, type Place } from './place';
import { stopOrphan } from './postmaster';
import { explainOutput } from './problem';
import { type ClusterRecord, newRecord, readRecord, writeRecord } from './record';
import { type Server, startServer, stopServer } from './server';

/** The embedded PostgreSQL of one data folder, running. */
export interface EmbeddedPostgres {
  /** For `DATABASE_URL`. */
  url: string;
  superuserUrl: string;
  server: Server;
  /** Starts the server again, on the same port when it is still free. */
  restart(): Promise<EmbeddedPostgres>;
  stop(patienceMs?: number): Promise<void>;
}

interface Options {
  /** Must exist; its real path, so that one folder has one name. */
  dataDir: string;
  /** Told of each step that takes a while. */
  say: (line: string) => void;
  initdbFlags?: string[];
  serverFlags?: string[];
}

const largestLog = 10_000_000;

/**
 * Opens the database of a data folder: makes it at the first start, stops a server that a killed launcher left
 * behind, and starts one on a free loopback port.
 *
 * @throws StartError with one sentence when that cannot be done.
 */
export async function openEmbeddedPostgres(options: Options): Promise<EmbeddedPostgres> {
  const known = await readRecord(options.dataDir);
  const place = await choosePlace(options.dataDir, known?.home ?? undefined);
  const record = known ?? newRecord();
  record.home = place.home === options.dataDir ? null : place.home;
  if (!(await hasCluster(place))) {
    options.say(`Creating the database in ${place.data}`);
    record.prepared = false;
    await writeRecord(options.dataDir, record);
    await createCluster(place, record.superuserPassword, options.initdbFlags);
  } else {
    if (await stopOrphan(place.data)) options.say('Stopped a PostgreSQL that an earlier start left behind');
    if (!known) await resetPassword(place, record.superuserPassword);
  }
  return startRecorded(options, place, record);
}

async function startRecorded(
  options: Options,
  place: Place,
  record: ClusterRecord,
): Promise<EmbeddedPostgres> {
  const server = await startOnFreePort(options, place, record.port);
  if (!record.prepared) await prepareDatabase(server.port, record);
  if (!record.prepared || server.port !== record.port) {
    record.port = server.port;
    record.prepared = true;
    await writeRecord(options.dataDir, record);
  }
  return {
    url: databaseUrl(server.port, record),
    superuserUrl: superuserUrl(server.port, record),
    server,
    restart: () => startRecorded(options, place, record),
    stop: (patienceMs = 10_000) => stopServer(server, patienceMs),
  };
}

/** Somebody may take the port between the look and the start, so a few tries are made. */
async function startOnFreePort(options: Options, place: Place, wanted: number): Promise<Server> {
  const logFile = await openLog(options.dataDir);
  let port = wanted;
  let output = '';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (port === 0 || 'code' in (await tryPort(port, '127.0.0.1'))) port = await freePort();
    const started = await startServer(place, port, logFile, options.serverFlags);
    if (!('output' in started)) return started;
    output = started.output;
    if (/Address already in use|could not create any TCP/i.test(output)) port = 0;
    // The processes of a killed server take a moment to notice that it is gone.
    else if (!/pre-existing shared memory block|lock file/i.test(output)) break;
  }
  throw explainOutput('PostgreSQL did not start', output, logFile);
}

/** One earlier log is kept. The launcher opens the log, so that it can lie where PostgreSQL's user cannot go. */
async function openLog(dataDir: string): Promise<string> {
  const path = join(dataDir, 'postgres.log');
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(path, `${path}.1`);
  const handle = await open(path, 'a', 0o600).catch((error: unknown) => {
    throw new StartError(`The log ${path} cannot be written: ${String(error)}.`);
  });
  await handle.close();
  return path;
}
