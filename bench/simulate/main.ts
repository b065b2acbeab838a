import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { printReport } from './report';
import { addWeeks, simulateFeeds, type Week } from './week';

/**
 * `npm run bench:simulate [feeds] [fetches a second that one worker ends] [workers]`: a week of the scheduler that the
 * workers use, for each of 1,000,000 synthetic feeds unless told, beside a poll once an hour and Miniflux's rule of
 * entry frequency (7 days divided by the items of the last week, from 5 minutes to 24 hours). Feeds do not influence
 * each other's times, so that each is simulated by itself, in threads; what they add up to in each minute is the queue.
 */
const [feeds = 1_000_000, workerRate = 500, workers] = process.argv.slice(2).map(Number);
// 500 a second is one worker on two cores that it shares with PostgreSQL (`npm run bench:refresh`): two of three fetches
// take 0.9 ms because nothing has changed, one takes 4 ms at most.

/** Feeds that a thread is given at a time. */
const BATCH = 10_000;

interface Batch {
  from: number;
  to: number;
}

function serve(): void {
  parentPort?.on('message', ({ from, to }: Batch) => parentPort?.postMessage(simulateFeeds(from, to)));
}

/** Gives batches to one thread until there are none left. */
async function useThread(batches: Iterator<Batch>, take: (weeks: Week[]) => void): Promise<void> {
  const thread = new Worker(fileURLToPath(import.meta.url));
  await new Promise<void>((resolve, reject) => {
    const next = () => {
      const { value, done } = batches.next();
      if (done) resolve();
      else thread.postMessage(value);
    };
    thread.on('error', reject);
    thread.on('message', (weeks: Week[]) => {
      take(weeks);
      next();
    });
    next();
  });
  await thread.terminate();
}

function* listBatches(): Generator<Batch> {
  for (let from = 0; from < feeds; from += BATCH) yield { from, to: Math.min(feeds, from + BATCH) };
}

async function main(): Promise<void> {
  const started = performance.now();
  const weeks = simulateFeeds(0, 0);
  const batches = listBatches();
  let batch = 0;
  const take = (others: Week[]) => {
    addWeeks(weeks, others);
    batch += 1;
    process.stderr.write(`\r${Math.min(100, Math.floor((100 * batch * BATCH) / feeds))} %`);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, () => useThread(batches, take)));
  printReport(weeks, simulateFeeds(0, 1000, true), { feeds, workerRate, workers });
  const { user, system } = process.cpuUsage();
  const memory = process.resourceUsage().maxRSS / 1024;
  const took = (performance.now() - started) / 1000;
  process.stdout.write(
    `\n${Math.round(took)} s, ${Math.round((user + system) / 1e6)} s of CPU, ${Math.round(memory)} MB at most\n`,
  );
}

if (isMainThread) await main();
else serve();
