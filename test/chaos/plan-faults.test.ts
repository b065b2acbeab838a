import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LOCK_MS } from '@/lib/queue/jobs';
import { CLAIM_MS } from '@/lib/store/claims';
import { planFaults } from './plan-faults';

const plan = (seed: number, backend: 'postgres' | 'redis' = 'redis', seconds = 180) =>
  planFaults({ backend, seed, workers: 2, durationMs: seconds * 1000 });

it('the same seed gives the same faults, another one others', () => {
  expect(plan(7)).toEqual(plan(7));
  expect(plan(7)).not.toEqual(plan(8));
});

it('whatever the seed, each kind happens, in order, and who is away is left alone', () => {
  fc.assert(
    fc.property(fc.nat(), fc.constantFrom('postgres' as const, 'redis' as const), (seed, backend) => {
      const faults = plan(seed, backend, 40);
      const kinds = new Set(faults.map(({ kind }) => kind));
      expect(kinds.size).toBe(backend === 'redis' ? 5 : 4);
      expect(faults.map(({ at }) => at)).toEqual(faults.map(({ at }) => at).toSorted((a, b) => a - b));
      const backAt = new Map<string, number>();
      for (const fault of faults) {
        if (fault.kind === 'lose-queue') continue;
        const name = 'worker' in fault ? `worker ${fault.worker}` : fault.kind;
        expect(fault.at).toBeGreaterThan(backAt.get(name) ?? -1);
        backAt.set(name, fault.at + ('worker' in fault ? fault.awayMs : fault.downMs));
        if (fault.kind === 'stop-worker') expect(fault.awayMs).toBeGreaterThan(Math.max(LOCK_MS, CLAIM_MS));
      }
    }),
  );
});
