import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/**
 * Reads how many tests a part has run. A part that failed has at least one failure, also when its runner
 * stopped before the first test.
 *
 * @param {'vitest' | 'playwright' | undefined} kind of report; without one, the part is one test itself
 * @param {string} path of the report
 * @param {boolean} succeeded by its exit status
 * @returns {Counts}
 */
export function readCounts(kind, path, succeeded) {
  const counts = kind ? readReport(kind, path) : { passed: succeeded ? 1 : 0, failed: 0, skipped: 0 };
  return { ...counts, failed: succeeded ? counts.failed : Math.max(1, counts.failed) };
}

/** @param {'vitest' | 'playwright'} kind @param {string} path @returns {Counts} */
function readReport(kind, path) {
  if (!existsSync(path)) return { passed: 0, failed: 0, skipped: 0 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  if (kind === 'playwright') {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return { passed: expected + flaky, failed: unexpected, skipped };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** @typedef {{ test: string, why: string }} Failure */

/**
 * Names the tests of a part that failed and what they said, to be told once more at the very end: of a long
 * run often only the end is kept.
 *
 * @param {'vitest' | 'playwright' | undefined} kind of report; without one there are none
 * @param {string} path of the report
 * @returns {Failure[]}
 */
export function readFailures(kind, path) {
  if (!kind || !existsSync(path)) return [];
  const report = JSON.parse(readFileSync(path, 'utf8'));
  return kind === 'playwright'
    ? report.suites.flatMap(failuresOfSuite)
    : report.testResults.flatMap(failuresOfFile);
}

/** Of vitest: a file fails by its tests, or as a whole where it could not be begun or ended. */
const failuresOfFile = ({ name, status, message, assertionResults }) => {
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (status === 'failed' && failed.length === 0) return [{ test: name, why: message }];
  return failed.map(({ fullName, failureMessages }) => ({
    test: `${name} › ${fullName}`,
    why: failureMessages.join('\n'),
  }));
};

/** Of Playwright: suites hold suites; of each test its last result counts. */
const failuresOfSuite = ({ suites = [], specs = [] }) => [
  ...suites.flatMap(failuresOfSuite),
  ...specs
    .filter(({ ok }) => !ok)
    .map(({ file, title, tests }) => ({
      test: `${file} › ${title}`,
      why: tests.flatMap(({ results }) => whyOf(results.at(-1))).join('\n'),
    })),
];

/** What a test that failed said, and how its pages were then, which it has attached. */
const whyOf = ({ errors = [], attachments = [] } = {}) => [
  ...errors.map(({ message }) => message),
  ...attachments
    .filter(({ name, body }) => name === 'pages' && body)
    .map(({ body }) => Buffer.from(body, 'base64').toString('utf8')),
];
