import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConformanceResult } from './describe-result';

interface HarnessOutput {
  summary: {
    n: number;
    ok: number;
    macro: number;
    throws: number;
    hang: number;
    groups: Record<string, { n: number; ok: number }>;
  };
  results: { id: string; ok: boolean }[];
}
interface Manifest {
  cases: { id: string; group: string; quirk: boolean; weak: boolean }[];
}

const ADAPTER = fileURLToPath(new URL('./adapter.mjs', import.meta.url));

/** Runs the corpus's own harness in a process of its own, and reads what it found. */
export async function runHarness(corpus: string): Promise<ConformanceResult> {
  const directory = mkdtempSync(join(tmpdir(), 'tidings-conformance-'));
  const file = join(directory, 'result.json');
  try {
    await runProcess([join(corpus, 'harness.mjs'), ADAPTER, '--quiet', '--json', file]);
    const output = JSON.parse(readFileSync(file, 'utf8')) as { adapter: HarnessOutput };
    const manifest = JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as Manifest;
    return toResult(output.adapter, manifest);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function toResult({ summary, results }: HarnessOutput, manifest: Manifest): ConformanceResult {
  const counted = new Map(
    manifest.cases.filter(({ quirk, weak }) => !quirk && !weak).map(({ id, group }) => [id, group]),
  );
  const failing = results.flatMap(({ id, ok }) => {
    const group = counted.get(id);
    return ok || group === undefined ? [] : [{ id, group }];
  });
  return {
    groups: summary.groups,
    failing,
    throws: summary.throws,
    hangs: summary.hang,
    reached: { passed: summary.ok, cases: summary.n, meanOfGroups: Math.floor(summary.macro * 10_000) / 100 },
  };
}

function runProcess(args: string[]): Promise<void> {
  return new Promise((resolvePromise, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolvePromise() : reject(new Error(`The harness ended with status ${code}.`)),
    );
  });
}
