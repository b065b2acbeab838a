import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from '../../scripts/lib/ports.mjs';
import { until } from '../../scripts/lib/processes.mjs';
import { sendRedis } from '../../scripts/lib/redis-command';
import { run } from '../../scripts/lib/run.mjs';

/** A Redis of one's own, that keeps nothing. */
export interface TestRedis {
  /** For `REDIS_URL`; stays the same over restarts. */
  url: string;
  flush(): Promise<void>;
  /** Kills it, as a crash does: what it held is lost, and it cannot be reached until `start`. */
  stop(): Promise<void>;
  start(): Promise<void>;
}

/**
 * Starts a Redis on a free port.
 *
 * @returns null when this machine has no `redis-server`, so that a test can be skipped.
 * @throws when it has none and `CI` is `true`: there nothing may be left out.
 */
export async function startTestRedis(): Promise<TestRedis | null> {
  if ((await run('redis-server', ['--version'])).missing) {
    if (process.env.CI === 'true')
      throw new Error('redis-server is not installed, and CI leaves nothing out.');
    return null;
  }
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;
  process.on('exit', () => child?.kill('SIGKILL'));
  const redis: TestRedis = {
    url,
    flush: async () => {
      const reply = await sendRedis(url, ['FLUSHALL']);
      if (!('ok' in reply)) throw new Error(`Redis was not flushed: ${JSON.stringify(reply)}`);
    },
    stop: async () => {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGKILL');
      await exited;
      child = undefined;
    },
    start: async () => {
      const flags = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      child = spawn('redis-server', flags, { stdio: 'ignore' });
      const answers = async () => 'ok' in (await sendRedis(url, ['PING']));
      if (!(await until(answers, 10_000))) throw new Error('Redis did not start within 10 s.');
    },
  };
  await redis.start();
  return redis;
}
