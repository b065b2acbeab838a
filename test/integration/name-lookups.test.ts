import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { useStage } from '../support/stage';

const PRELOADED = resolve('test/support/occupy-threads.cjs');

describe('names are looked up', () => {
  const stage = useStage('postgres');
  const folder = mkdtempSync(join(tmpdir(), 'tidings-names-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Starts a worker, keeps so many of its threads, and has it look up a name. */
  async function lookUp(occupied: number, env: Record<string, string> = {}): Promise<unknown> {
    const worker = await stage.current.startWorker({ NODE_OPTIONS: `--require=${PRELOADED}`, ...env });
    const fifos = Array.from({ length: occupied }, (_, index) => join(folder, String(index)));
    if (occupied > 0) execFileSync('mkfifo', fifos);
    const answer = once(worker.child, 'message', { signal: AbortSignal.timeout(20_000) });
    worker.child.send({ fifos });
    const [found] = await answer;
    await worker.end('SIGKILL');
    return found;
  }

  it('while thirty look-ups of a worker get no answer', async () => {
    expect(await lookUp(30)).toEqual({ size: '64', found: true });
  });

  it('by as many threads as somebody has set', async () => {
    expect(await lookUp(0, { UV_THREADPOOL_SIZE: '6' })).toEqual({ size: '6', found: true });
  });
});
