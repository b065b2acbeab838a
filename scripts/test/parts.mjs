import { existsSync, readFileSync } from 'node:fs';

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {string} [program] node, unless told
 * @property {string[]} command its arguments
 * @property {Record<string, string>} [env]
 * @property {'vitest' | 'playwright'} [report]
 * @property {boolean} [quiet] its output is of interest only when it fails
 * @property {'chromium' | 'redis'} [needs]
 */

/** Where the runners leave their reports. */
export const reportFolder = 'test-results';

/** @param {string} name @returns {string} */
export const reportPath = (name) => `${reportFolder}/${name}.json`;

/** @param {string} project @returns {Part} */
const vitest = (project) => ({
  name: project,
  command: [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${reportPath(project)}`,
  ],
  report: 'vitest',
});

/** @returns {Part[]} what there is to run, in order: what is fast and fails often first. */
export function listParts() {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  /** @type {Part[]} */
  const parts = [
    { name: 'lint', command: ['node_modules/@biomejs/biome/bin/biome', 'check', '.'], quiet: true },
    { name: 'types', command: ['node_modules/typescript/bin/tsc', '--noEmit'], quiet: true },
    { name: 'unused', command: ['node_modules/knip/bin/knip.js'], quiet: true },
    { name: 'build', command: ['scripts/build.mjs'], quiet: true },
    vitest('unit'),
    { ...vitest('integration'), needs: 'redis' },
  ];
  if (scripts.conformance) {
    parts.push({ name: 'conformance', program: 'npm', command: ['run', '--silent', 'conformance'] });
  }
  if (existsSync('playwright.config.ts')) {
    parts.push({
      name: 'browser',
      command: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
      env: { PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath('browser') },
      report: 'playwright',
      needs: 'chromium',
    });
  }
  return parts;
}
