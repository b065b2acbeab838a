import { setPriority } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { readEnv, SettingError } from '@/lib/ops/env';
import { log } from '@/lib/ops/log';
import { startWorker } from './worker';

/** A stop that takes longer is no stop: the claims of what is left run out by themselves. */
const STOP_LIMIT_MS = 9500;

/**
 * V8 lets garbage pile up to a multiple of what is alive, which for a worker is 60 MB: a third of its memory was
 * documents that had been stored.
 */
const HEAP_GROWTH_PERCENT = 50;

/** Where a worker shares its processors with the web process, a page that somebody waits for goes first. */
const NICENESS = 5;

/** Threads have the niceness of the one that starts them: it is set before there are any of ours. */
function giveWay(): void {
  try {
    setPriority(NICENESS);
  } catch (err) {
    log.debug({ err }, 'The worker keeps the priority that it was started with.');
  }
}

/** Node prints its warnings as text; here they are lines of the log like all others. */
function logWarnings(): void {
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    const level = warning.name === 'ExperimentalWarning' ? 'debug' : 'warn';
    log[level]({ err: warning }, 'Node.js warns.');
  });
}

/** The worker process: works until it is told to stop, or until its launcher is gone. */
async function main(): Promise<void> {
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH_PERCENT}`);
  giveWay();
  const env = readEnv();
  logWarnings();
  const worker = await startWorker(env);
  let stopping = false;
  const stop = (reason: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'The worker stops.');
    setTimeout(() => {
      log.error('The worker did not stop in time.');
      process.exit(1);
    }, STOP_LIMIT_MS).unref();
    worker.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The worker could not stop in order.');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  process.on('disconnect', () => stop('its launcher is gone'));
  log.info({ healthPort: worker.healthPort, concurrency: env.WORKER_CONCURRENCY }, 'The worker is ready.');
  process.send?.({ type: 'ready', healthPort: worker.healthPort });
}

main().catch((error: unknown) => {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${error instanceof SettingError ? reason : `The worker cannot start: ${reason}`}\n`);
  process.exit(1);
});
