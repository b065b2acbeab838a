import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Backend } from '../support/stage';
import { describeOutcome } from './describe-outcome';
import { runChaos } from './run-chaos';

/**
 * `npm run chaos [postgres] [redis] -- [--seed N] [--feeds N] [--seconds N]`: two workers read feeds that publish all
 * the time, while processes are killed, stopped and restarted; then everything is held against what the feeds' servers
 * have on record. Both queues, one after the other, unless one is named. Exits with 1 when something was lost, doubled,
 * stuck or impolite.
 */
const BACKENDS: readonly Backend[] = ['postgres', 'redis'];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    feeds: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '180' },
  },
});

const print = (line: string) => process.stdout.write(`${line}\n`);

/** The settings of a process are read once: each queue has one of its own. */
async function runApart(backend: Backend): Promise<boolean> {
  const { seed, feeds, seconds } = values;
  const script = fileURLToPath(import.meta.url);
  const args = ['--import', 'tsx', script, backend, '--seed', seed, '--feeds', feeds, '--seconds', seconds];
  const child = spawn(process.execPath, args, { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code === 0;
}

async function runHere(backend: Backend): Promise<boolean> {
  const [seed, feeds, seconds] = [values.seed, values.feeds, values.seconds].map(Number) as [
    number,
    number,
    number,
  ];
  print(`${feeds} feeds, 2 workers, ${seconds} s, queue on ${backend}, --seed ${seed}`);
  const outcome = await runChaos({ backend, seed, feeds, durationMs: seconds * 1000, say: print });
  for (const line of describeOutcome(outcome)) print(line);
  return outcome.violations.length === 0;
}

const unknown = positionals.find((name) => !BACKENDS.some((backend) => backend === name));
if (unknown !== undefined) throw new Error(`There is no queue called ${unknown}.`);
const wanted = BACKENDS.filter((backend) => positionals.length === 0 || positionals.includes(backend));
const [first] = wanted;
let well = true;
if (first !== undefined && wanted.length === 1) well = await runHere(first);
else for (const backend of wanted) well = (await runApart(backend)) && well;
process.exit(well ? 0 : 1);
