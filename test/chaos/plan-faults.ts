import { CLAIM_MS } from '@/lib/store/claims';
import { createRandom } from '../support/random';
import type { Backend } from '../support/stage';

/** What is done to the processes; `at` in milliseconds from the beginning. */
export type Fault = { at: number } & (
  | { kind: 'kill-worker'; worker: number; awayMs: number }
  | { kind: 'stop-worker'; worker: number; awayMs: number }
  | { kind: 'restart-postgres'; downMs: number }
  | { kind: 'restart-redis'; downMs: number }
  | { kind: 'lose-queue' }
);

export type FaultKind = Fault['kind'];

export interface Plan {
  backend: Backend;
  seed: number;
  workers: number;
  durationMs: number;
}

const KINDS: Record<Backend, readonly FaultKind[]> = {
  postgres: ['kill-worker', 'stop-worker', 'restart-postgres', 'lose-queue'],
  redis: ['kill-worker', 'stop-worker', 'restart-postgres', 'restart-redis', 'lose-queue'],
};

/** Long enough for claims and the queue's locks to run out, and for somebody else to be at the same feeds again. */
const STOPPED_MS = CLAIM_MS + 5000;

const FIRST_MS = 1500;
const PAUSES_MS = { from: 2000, to: 7000 };

/**
 * Draws what happens when: each kind once, in any order, then any, until the time is over. The same seed gives the same
 * faults.
 */
export function planFaults({ backend, seed, workers, durationMs }: Plan): Fault[] {
  const random = createRandom(seed);
  const between = (from: number, to: number) => Math.round(from + random() * (to - from));
  const kinds = KINDS[backend];
  // What takes longest comes first, so that it ends before the time does.
  const once = [...kinds].sort(() => random() - 0.5).sort((a, b) => weigh(a) - weigh(b));
  const backAt = Array.from({ length: workers }, () => 0);
  const draw = (kind: FaultKind, at: number): Fault | null => {
    if (kind === 'lose-queue') return { at, kind };
    if (kind === 'restart-postgres' || kind === 'restart-redis')
      return { at, kind, downMs: between(200, kind === 'restart-redis' ? 5000 : 3000) };
    const there = backAt.flatMap((back, worker) => (back <= at ? [worker] : []));
    const worker = there[Math.floor(random() * there.length)];
    const awayMs = kind === 'stop-worker' ? STOPPED_MS : between(300, 4000);
    if (worker === undefined || (kind === 'stop-worker' && at + awayMs > durationMs)) return null;
    // A process needs a moment to start.
    backAt[worker] = at + awayMs + 3000;
    return { at, kind, worker, awayMs };
  };
  const faults: Fault[] = [];
  for (let at = FIRST_MS; at < durationMs; at += between(PAUSES_MS.from, PAUSES_MS.to)) {
    const fault = draw(once.shift() ?? kinds[Math.floor(random() * kinds.length)] ?? 'lose-queue', at);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

const weigh = (kind: FaultKind) => (kind === 'stop-worker' ? 0 : 1);
