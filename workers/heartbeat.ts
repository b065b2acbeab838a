import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { log } from '@/lib/ops/log';
import { BEAT_EVERY_MS, beat, signOff } from '@/lib/store/workers';

/**
 * Says every five seconds that this worker lives.
 *
 * @param countAtWork how many feeds it is fetching.
 * @returns how to stop, which takes it off the list.
 * @throws when the database does not answer at the start.
 */
export async function startHeartbeat(countAtWork: () => number): Promise<() => Promise<void>> {
  const worker = { id: randomUUID(), host: hostname(), pid: process.pid };
  await beat({ ...worker, atWork: countAtWork() });
  const timer = setInterval(() => {
    beat({ ...worker, atWork: countAtWork() }).catch((error: unknown) =>
      log.warn({ err: error }, 'The heartbeat could not be written.'),
    );
  }, BEAT_EVERY_MS);
  return async () => {
    clearInterval(timer);
    await signOff(worker.id);
  };
}
