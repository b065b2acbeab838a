import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readCounts, readFailures } from './reports.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tidings-reports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(report: object): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

test('of vitest: what failed by name, and a file that failed as a whole', () => {
  const path = write({
    numPassedTests: 1,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: '',
        assertionResults: [
          { fullName: 'one works', status: 'passed', failureMessages: [] },
          { fullName: 'two does not', status: 'failed', failureMessages: ['expected 1', 'to be 2'] },
        ],
      },
      { name: 'b.test.ts', status: 'failed', message: 'its hook threw', assertionResults: [] },
      { name: 'c.test.ts', status: 'passed', message: '', assertionResults: [] },
    ],
  });
  expect(readFailures('vitest', path)).toEqual([
    { test: 'a.test.ts › two does not', why: 'expected 1\nto be 2' },
    { test: 'b.test.ts', why: 'its hook threw' },
  ]);
  expect(readCounts('vitest', path, false)).toEqual({ passed: 1, failed: 1, skipped: 2 });
});

test('of Playwright: what failed by name, however deep, and how its pages were', () => {
  const attachments = [
    {
      name: 'pages',
      contentType: 'text/plain',
      body: Buffer.from('/all: drawn, 3 waiting – ü').toString('base64'),
    },
    { name: 'trace', contentType: 'application/zip', path: 'trace.zip' },
  ];
  const results = [
    { errors: [{ message: 'an earlier try' }] },
    { errors: [{ message: 'not visible' }], attachments },
  ];
  const path = write({
    stats: { expected: 3, unexpected: 1, flaky: 0, skipped: 1 },
    suites: [
      {
        specs: [{ file: 'a.spec.ts', title: 'reads', ok: true, tests: [{ results: [{ errors: [] }] }] }],
        suites: [{ specs: [{ file: 'a.spec.ts', title: 'stars', ok: false, tests: [{ results }] }] }],
      },
    ],
  });
  expect(readFailures('playwright', path)).toEqual([
    { test: 'a.spec.ts › stars', why: 'not visible\n/all: drawn, 3 waiting – ü' },
  ]);
  expect(readCounts('playwright', path, false)).toEqual({ passed: 3, failed: 1, skipped: 1 });
});

test('a part that failed before its report has one failure, and no names', () => {
  const path = join(folder, 'none.json');
  expect(readCounts('vitest', path, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(readFailures('vitest', path)).toEqual([]);
  expect(readFailures(undefined, path)).toEqual([]);
});
