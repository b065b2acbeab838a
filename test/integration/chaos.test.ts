import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startProcess } from '../support/processes';

/** Long enough for a worker to be stopped for longer than its claims last. */
const SECONDS = '25';

/** It waits for what it wants to see, for so long at most: on a machine that does ten other things, for most of that. */
const LIMIT_MS = 400_000;

/** `npm run chaos`, short: the same seed on both queues, at the same time, since most of it is waiting. */
describe('chaos', () => {
  it.concurrent.each(['postgres', 'redis'])(
    'on %s breaks nothing',
    async (backend) => {
      const chaos = startProcess('test/chaos/main.ts', { CI: process.env.CI ?? '' }, [
        backend,
        ...['--seed', '1', '--feeds', '45', '--seconds', SECONDS],
      ]);
      const [status] = (await once(chaos.child, 'exit')) as [number | null];
      expect(chaos.output()).toMatch(/^violations {2}none$/m);
      expect(status).toBe(0);
      // It was no idle walk: what was to break has broken, and the feeds were read all the while.
      expect(chaos.output()).toMatch(/^faults .*1 stop-worker/m);
      expect(chaos.output()).toMatch(/^faults .*\d kill-worker/m);
      expect(chaos.output()).toMatch(/feeds {7}45 of 45/);
    },
    LIMIT_MS,
  );
});
