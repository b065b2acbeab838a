import { setTimeout as sleep } from 'node:timers/promises';
import { emptyTablesAt } from '../support/empty-tables';
import type { TestPostgres } from '../support/postgres';
import type { startWorkerProcess } from '../support/processes';
import type { TestRedis } from '../support/redis';
import type { Deed } from './deeds';
import { AMBUSH_MS, type Fault } from './plan-faults';
import type { PublishingWeb } from './publishing-web';
import { findBusyHosts } from './read-stored';

/** A worker, and the number that its requests name. */
export type NumberedWorker = Awaited<ReturnType<typeof startWorkerProcess>> & { reader: number };

export interface Victims {
  workers: NumberedWorker[];
  startWorker: () => Promise<NumberedWorker>;
  web: PublishingWeb;
  postgres: TestPostgres;
  redis: TestRedis | null;
  /** What has been done so far. */
  deeds: Deed[];
  /** Called with what is done, in words. */
  say: (deed: string) => void;
}

/** As whoever looks after processes does: again and again, until it starts. */
async function startAgain({ startWorker }: Victims): Promise<NumberedWorker> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startWorker();
    } catch (error) {
      if (attempt === 10) throw error;
      await sleep(1000);
    }
  }
}

async function loseQueue({ redis }: Victims): Promise<void> {
  if (redis) await redis.flush();
  else await emptyTablesAt(process.env.DATABASE_URL, 'bullmq.job, bullmq.dedup');
}

/** Notes what is done from now on. */
function note({ deeds }: Victims, kind: Fault['kind'], reader: number | null = null): Deed {
  const deed: Deed = { kind, reader, from: Date.now(), until: Number.POSITIVE_INFINITY, hosts: null };
  deeds.push(deed);
  return deed;
}

/** What was on its way has arrived after so long. */
const ON_ITS_WAY_MS = 200;

/** Tells where feeds may have been hit. While PostgreSQL is away that is anywhere. */
async function tellHit(deed: Deed): Promise<void> {
  await sleep(ON_ITS_WAY_MS);
  deed.hosts = await findBusyHosts().catch(() => null);
}

/** @returns the worker in a place; null while the one that comes after a killed one has not started there. */
function findLiving({ workers }: Victims, place: number): NumberedWorker | null {
  const worker = workers[place];
  return worker === undefined || worker.child.signalCode !== null ? null : worker;
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;

async function killWorker(fault: Extract<Fault, { kind: 'kill-worker' }>, victims: Victims): Promise<void> {
  const { workers, web, say } = victims;
  const victim = findLiving(victims, fault.worker);
  if (victim === null) return;
  if (fault.ambush) await web.ambush(victim.reader, AMBUSH_MS);
  say(`kill -9 worker ${fault.worker}, another one after ${seconds(fault.awayMs)}`);
  const deed = note(victims, fault.kind, victim.reader);
  await victim.end('SIGKILL');
  await Promise.all([sleep(fault.awayMs), tellHit(deed)]);
  workers[fault.worker] = await startAgain(victims);
  deed.until = Date.now();
}

async function stopWorker(fault: Extract<Fault, { kind: 'stop-worker' }>, victims: Victims): Promise<void> {
  const { web, say } = victims;
  const victim = findLiving(victims, fault.worker);
  if (victim === null) return;
  const held = fault.ambush ? await web.ambush(victim.reader, AMBUSH_MS) : null;
  say(`stop worker ${fault.worker} for ${seconds(fault.awayMs)}`);
  const deed = note(victims, fault.kind, victim.reader);
  victim.child.kill('SIGSTOP');
  const awake = sleep(fault.awayMs);
  await tellHit(deed);
  // When it wakes up it finds that it is to ask once more, for what is not its own any more.
  held?.redirect();
  await awake;
  deed.until = Date.now();
  victim.child.kill('SIGCONT');
}

/** Does one thing, and what belongs to it later. Resolves when all of it is undone. */
async function inflict(fault: Fault, victims: Victims): Promise<void> {
  const { postgres, redis, say } = victims;
  switch (fault.kind) {
    case 'kill-worker':
      return killWorker(fault, victims);
    case 'stop-worker':
      return stopWorker(fault, victims);
    case 'restart-postgres': {
      say(`restart PostgreSQL, down for ${seconds(fault.downMs)}`);
      const deed = note(victims, fault.kind);
      await postgres.restart(() => sleep(fault.downMs));
      deed.until = Date.now();
      return tellHit(deed);
    }
    case 'restart-redis': {
      say(`restart Redis, which forgets everything, down for ${seconds(fault.downMs)}`);
      const deed = note(victims, fault.kind);
      await redis?.stop();
      await sleep(fault.downMs);
      await redis?.start();
      deed.until = Date.now();
      return tellHit(deed);
    }
    case 'lose-queue': {
      say('empty the queue');
      const deed = note(victims, fault.kind);
      // While PostgreSQL is away there is nothing to empty.
      await loseQueue(victims).catch((error: unknown) => say(`the queue could not be emptied: ${error}`));
      deed.until = Date.now();
      return tellHit(deed);
    }
  }
}

/** Does everything that is planned, each at its time; resolves when the last of it is undone. */
export async function inflictAll(faults: Fault[], victims: Victims): Promise<void> {
  const begun = Date.now();
  const atWork: Promise<void>[] = [];
  for (const fault of faults) {
    await sleep(Math.max(0, begun + fault.at - Date.now()));
    atWork.push(inflict(fault, victims));
  }
  await Promise.all(atWork);
}
