import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { commandLine, isAlive, signalIfAlive, startMark, until } from '../lib/processes.mjs';
import { StartError } from '../lib/start-error.mjs';

/** What a server writes to postmaster.pid, as far as it is used here. */
interface PidFile {
  pid: number;
  data: string;
  status: string;
}

/** @returns undefined when no server has written one, or it is being written. */
export async function readPidFile(data: string): Promise<PidFile | undefined> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => undefined);
  const lines = text?.split('\n') ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, data: lines[1] ?? '', status: (lines[7] ?? '').trim() };
}

/**
 * Stops a server that a killed launcher left behind on this data, and clears away what would keep the next
 * one from starting.
 *
 * @param patienceMs how long it may take to stop in order.
 * @returns whether there was one.
 */
export async function stopOrphan(data: string, patienceMs = 10_000): Promise<boolean> {
  const file = await readPidFile(data);
  if (!file || !isAlive(file.pid)) return false;
  if (file.data !== data || !commandLine(file.pid)?.includes(`-D ${data}`)) {
    // Another program has the number after a restart of the machine, or the folder is a copy. PostgreSQL would
    // refuse to start; that it is not in use after all it checks by its shared memory, too.
    await rm(join(data, 'postmaster.pid'), { force: true });
    return false;
  }
  if (await stopProcess(file.pid, patienceMs)) return true;
  throw new StartError(
    `A PostgreSQL left from an earlier start (process ${file.pid}) does not stop: end it first.`,
  );
}

/**
 * Asks for a fast shutdown (open connections are closed), then for an immediate one, then ends it: the last
 * two lose nothing that was committed, the next start replays the log.
 */
async function stopProcess(pid: number, patienceMs: number): Promise<boolean> {
  for (const [signal, wait] of [
    ['SIGINT', patienceMs],
    ['SIGQUIT', 3000],
    ['SIGKILL', 3000],
  ] as const) {
    signalIfAlive(pid, signal);
    // Not isAlive: a process that ended stays as a zombie until its new parent looks.
    if (await until(() => startMark(pid) === undefined, wait)) return true;
  }
  return false;
}
