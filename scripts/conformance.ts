import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describeResult, type Floor, isBelow } from './conformance/describe-result';
import { runHarness } from './conformance/run-harness';

const CORPUS = resolve('../shared/corpus');
const FLOOR_FILE = resolve('scripts/conformance/floor.json');

/**
 * Runs the corpus of feed documents on `parseFeed`, and fails when fewer cases pass than the floor says. With
 * `--raise`, the floor is set to what was reached, if that is more.
 */
async function main(): Promise<number> {
  if (!existsSync(resolve(CORPUS, 'harness.mjs'))) {
    process.stdout.write('conformance: corpus absent, skipped\n');
    return 0;
  }
  const result = await runHarness(CORPUS);
  process.stdout.write(`${describeResult(result)}\n`);
  const floor = JSON.parse(readFileSync(FLOOR_FILE, 'utf8')) as Floor;
  if (isBelow(result.reached, floor)) {
    process.stdout.write(
      `below the floor: ${JSON.stringify(floor)}, reached ${JSON.stringify(result.reached)}\n`,
    );
    return 1;
  }
  if (process.argv.includes('--raise') && JSON.stringify(result.reached) !== JSON.stringify(floor)) {
    writeFileSync(FLOOR_FILE, `${JSON.stringify(result.reached, null, 2)}\n`);
    process.stdout.write('the floor was raised\n');
  }
  return 0;
}

process.exitCode = await main();
