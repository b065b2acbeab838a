import { afterAll, beforeAll, vi } from 'vitest';
import type { FeedStatusView } from '@/lib/store/views';
import { eventually } from './eventually';
import { type FeedServer, startFeedServer } from './feed-server';
import { startWorkerProcess } from './processes';
import { startTestRedis, type TestRedis } from './redis';
import { usePostgres } from './use-postgres';

export type Backend = 'postgres' | 'redis';

export interface Stage {
  backend: Backend;
  /** Settings that lead a process to this stage's database and queue. */
  env: Record<string, string>;
  server: FeedServer;
  redis: TestRedis | null;
  userId: number;
  startWorker: (env?: Record<string, string>) => ReturnType<typeof startWorkerProcess>;
  /** Waits until a feed has one of these statuses. */
  untilStatus: (
    feedId: number,
    wanted: FeedStatusView['status'],
    limitMs?: number,
  ) => Promise<FeedStatusView>;
}

/**
 * Sets up a database, a queue and a feed server for a test file. The file's own process plays the web process:
 * it has the same settings, and calls services. Workers are processes of their own.
 *
 * @returns the stage, to be read inside tests; null where there is no Redis and the test may be skipped.
 */
export function useStage(backend: Backend): { current: Stage } {
  const holder = {} as { current: Stage };
  const closers: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const database = await usePostgres().createDatabase();
    const redis = backend === 'redis' ? await startTestRedis() : null;
    const server = await startFeedServer();
    const env: Record<string, string> = {
      DATABASE_URL: database.url,
      ...(redis && { REDIS_URL: redis.url }),
    };
    for (const name of ['BASE_URL', 'REDIS_URL']) delete process.env[name];
    Object.assign(process.env, env, { LOG_LEVEL: 'silent' });
    // Settings are read once a module graph: this stage has other ones than the stage before.
    vi.resetModules();
    const { closeStore } = await import('@/lib/store/client');
    const { stopProducer } = await import('@/lib/queue/producer');
    const { readFeedStatus } = await import('@/lib/store/read-feeds');
    const { currentUser } = await import('@/lib/auth/current-user');
    const userId = (await currentUser()).id;
    holder.current = {
      backend,
      env,
      server,
      redis,
      userId,
      async startWorker(extra = {}) {
        const worker = await startWorkerProcess({ ...env, ...extra });
        closers.push(() => worker.end('SIGKILL'));
        return worker;
      },
      untilStatus: (feedId, wanted, limitMs) =>
        eventually(
          async () => {
            const status = await readFeedStatus(userId, feedId);
            return status?.status === wanted ? status : null;
          },
          `feed ${feedId} ${wanted}`,
          limitMs,
        ),
    };
    closers.push(
      () => server.close(),
      stopProducer,
      closeStore,
      async () => redis?.stop(),
      () => database.drop(),
    );
  });
  afterAll(async () => {
    // Workers were added last and go first, then what they depend on, in order.
    const workers = closers.splice(5);
    for (const close of [...workers, ...closers]) await close();
  });
  return holder;
}
