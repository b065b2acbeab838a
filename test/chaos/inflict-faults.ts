import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '@/lib/store/client';
import type { TestPostgres } from '../support/postgres';
import { startWorkerProcess } from '../support/processes';
import type { TestRedis } from '../support/redis';
import type { Fault } from './plan-faults';

type WorkerProcess = Awaited<ReturnType<typeof startWorkerProcess>>;

export interface Victims {
  workers: WorkerProcess[];
  workerEnv: Record<string, string>;
  postgres: TestPostgres;
  redis: TestRedis | null;
  /** Called with what is done, in words. */
  say: (deed: string) => void;
}

/** As whoever looks after processes does: again and again, until it starts. */
async function startAgain(env: Record<string, string>): Promise<WorkerProcess> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startWorkerProcess(env);
    } catch (error) {
      if (attempt === 10) throw error;
      await sleep(1000);
    }
  }
}

async function loseQueue({ redis }: Victims): Promise<void> {
  if (redis) await redis.flush();
  else await openStore().$executeRaw`TRUNCATE bullmq.job, bullmq.dedup CASCADE`;
}

/** Does one thing, and what belongs to it later. Resolves when all of it is undone. */
async function inflict(fault: Fault, victims: Victims): Promise<void> {
  const { workers, workerEnv, postgres, redis, say } = victims;
  const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`;
  switch (fault.kind) {
    case 'kill-worker':
      say(`kill -9 worker ${fault.worker}, another one after ${seconds(fault.awayMs)}`);
      await workers[fault.worker]?.end('SIGKILL');
      await sleep(fault.awayMs);
      workers[fault.worker] = await startAgain(workerEnv);
      return;
    case 'stop-worker': {
      say(`stop worker ${fault.worker} for ${seconds(fault.awayMs)}`);
      const { child } = workers[fault.worker] ?? {};
      child?.kill('SIGSTOP');
      await sleep(fault.awayMs);
      child?.kill('SIGCONT');
      return;
    }
    case 'restart-postgres':
      say(`restart PostgreSQL, down for ${seconds(fault.downMs)}`);
      return postgres.restart(() => sleep(fault.downMs));
    case 'restart-redis':
      say(`restart Redis, which forgets everything, down for ${seconds(fault.downMs)}`);
      await redis?.stop();
      await sleep(fault.downMs);
      return redis?.start();
    case 'lose-queue':
      say('empty the queue');
      // While PostgreSQL is away there is nothing to empty.
      return loseQueue(victims).catch((error: unknown) => say(`the queue could not be emptied: ${error}`));
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
