import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { run } from '../lib/run.mjs';
import { complain, say } from '../lib/say.mjs';
import { sentenceOf } from '../lib/start-error.mjs';
import { installPackages, isInstalled } from '../start/packages.mjs';
import { listParts, reportFolder, reportPath } from './parts.mjs';
import { readCounts, readFailures } from './reports.mjs';
import { provideChromium, provideRedis } from './tools.mjs';

/** @typedef {import('./parts.mjs').Part} Part */
/** @typedef {{ name: string, seconds: number, counts: import('./reports.mjs').Counts, failures?: import('./reports.mjs').Failure[], note: string }} Result */

/** Of what a test said when it failed, at the end: the whole stands where it ran. */
const LINES_OF_A_FAILURE = 60;

/**
 * That of workers, which give way to the web process: where tests take all there is, those which look after a worker
 * again and again would leave it nothing.
 */
const NICENESS = 5;

const root = fileURLToPath(new URL('../..', import.meta.url));
const mustRunAll = process.env.CI === 'true';

/**
 * Runs the tests and ends the process with the verdict.
 *
 * @param {string[]} names of the parts to run; all when empty
 */
export async function main(names) {
  process.chdir(root);
  setPriority(NICENESS);
  try {
    await prepare();
    const parts = listParts().filter(({ name }) => names.length === 0 || names.includes(name));
    const results = [];
    for (const part of parts) results.push(await runPart(part));
    process.exitCode = summarise(results);
  } catch (error) {
    complain(sentenceOf(error));
    process.exitCode = 1;
  }
}

/** The compiler and the linter look at generated code, too. */
async function prepare() {
  if (!isInstalled(root)) {
    say('Installing packages');
    await installPackages(root);
  }
  rmSync(reportFolder, { recursive: true, force: true });
  const env = { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, NEXT_TELEMETRY_DISABLED: '1' };
  for (const command of [
    ['node_modules/prisma/build/index.js', 'generate'],
    ['node_modules/next/dist/bin/next', 'typegen'],
  ]) {
    const { code, stdout, stderr } = await run(process.execPath, command, { env });
    if (code !== 0) throw new Error(`${command.join(' ')} failed:\n${stdout}\n${stderr}`);
  }
}

/** @param {Part} part @returns {Promise<Result>} */
async function runPart(part) {
  const begin = Date.now();
  say(`\n── ${part.name}`);
  const tool = await provideTool(part.needs);
  const missing = part.needs && !tool ? `there is no ${part.needs} here, and none could be installed` : '';
  const seconds = () => Math.round((Date.now() - begin) / 100) / 10;
  if (missing && (mustRunAll || part.needs === 'chromium')) {
    const counts = { passed: 0, failed: mustRunAll ? 1 : 0, skipped: mustRunAll ? 0 : 1 };
    return { name: part.name, seconds: seconds(), counts, note: missing };
  }
  const env = {
    ...process.env,
    ...part.env,
    ...(part.needs === 'chromium' && tool ? { CHROMIUM_PATH: tool } : {}),
  };
  const succeeded = await (part.quiet ? runQuietly : runAloud)(part, env);
  const counts = readCounts(part.report, reportPath(part.name), succeeded);
  const failures = readFailures(part.report, reportPath(part.name));
  return { name: part.name, seconds: seconds(), counts, failures, note: missing };
}

/** @param {Part['needs']} needs */
function provideTool(needs) {
  if (needs === 'chromium') return provideChromium();
  return needs === 'redis' ? provideRedis() : Promise.resolve(undefined);
}

/** @param {Part} part @param {NodeJS.ProcessEnv} env @returns {Promise<boolean>} */
async function runQuietly({ program = process.execPath, command }, env) {
  const { code, stdout, stderr } = await run(program, command, { env });
  if (code !== 0) complain(`${stdout}${stderr}`.trim());
  return code === 0;
}

/** @param {Part} part @param {NodeJS.ProcessEnv} env @returns {Promise<boolean>} */
function runAloud({ program = process.execPath, command }, env) {
  return new Promise((resolve) => {
    const child = spawn(program, command, { env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', () => resolve(false));
    child.on('close', (code) => resolve(code === 0));
  });
}

/** @param {Result[]} results @returns {number} the exit status */
function summarise(results) {
  say(
    `\n${'part'.padEnd(14)}${'passed'.padStart(8)}${'failed'.padStart(8)}${'skipped'.padStart(9)}${'seconds'.padStart(9)}`,
  );
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { name, seconds, counts, note } of results) {
    const cells = [
      name.padEnd(14),
      String(counts.passed).padStart(8),
      String(counts.failed).padStart(8),
      String(counts.skipped).padStart(9),
      seconds.toFixed(1).padStart(9),
    ];
    say(`${cells.join('')}${note ? `  ${note}` : ''}`);
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  for (const { test, why } of results.flatMap(({ failures = [] }) => failures)) {
    const lines = why.split('\n').filter((line) => !line.includes('/node_modules/'));
    say(`\nFailed: ${test.replace(root, '')}\n${lines.slice(0, LINES_OF_A_FAILURE).join('\n')}`);
  }
  say('');
  say(`${total.passed} passed, ${total.failed} failed${total.skipped ? `, ${total.skipped} skipped` : ''}`);
  return total.failed === 0 && total.passed > 0 ? 0 : 1;
}
