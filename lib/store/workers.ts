import { openStore } from './client';

/** A worker beats every five seconds; after three missed beats it counts as dead. */
export const BEAT_EVERY_MS = 5000;
const DEAD_AFTER = '16 seconds';

/** Says that a worker process lives, and forgets those long dead. */
export async function beat(worker: {
  id: string;
  host: string;
  pid: number;
  /** How many feeds it is fetching. */
  atWork?: number;
}): Promise<void> {
  const { id, host, pid, atWork = 0 } = worker;
  await openStore().$executeRaw`
    WITH forgotten AS (DELETE FROM workers WHERE beat_at < now() - interval '1 hour')
    INSERT INTO workers (id, host, pid, at_work) VALUES (${id}::uuid, ${host}, ${pid}, ${atWork})
    ON CONFLICT (id) DO UPDATE SET beat_at = now(), at_work = EXCLUDED.at_work`;
}

/** Takes a worker that stops off the list. */
export async function signOff(workerId: string): Promise<void> {
  await openStore().$executeRaw`DELETE FROM workers WHERE id = ${workerId}::uuid`;
}

const COUNT_HOLDS_MS = 1000;
let counted: { live: number; at: number } | undefined;

/** @returns how many worker processes are alive, as of a second ago: every page that watches a feed asks. */
export async function countLiveWorkers(): Promise<number> {
  if (counted !== undefined && Date.now() - counted.at < COUNT_HOLDS_MS) return counted.live;
  const rows = await openStore().$queryRaw<{ live: number }[]>`
    SELECT count(*)::int AS live FROM workers WHERE beat_at > now() - ${DEAD_AFTER}::interval`;
  counted = { live: rows[0]?.live ?? 0, at: Date.now() };
  return counted.live;
}

/** A worker process that is alive. */
export interface WorkerView {
  id: string;
  host: string;
  pid: number;
  startedAt: Date;
  /** As of its last beat, at most 16 seconds ago. */
  atWork: number;
}

/** @returns the worker processes that are alive, the oldest first. */
export function listLiveWorkers(): Promise<WorkerView[]> {
  return openStore().$queryRaw<WorkerView[]>`
    SELECT id::text, host, pid, started_at AS "startedAt", at_work AS "atWork" FROM workers
    WHERE beat_at > now() - ${DEAD_AFTER}::interval ORDER BY started_at, id LIMIT 200`;
}
