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
