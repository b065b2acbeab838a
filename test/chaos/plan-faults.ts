import { CLAIM_MS } from '@/lib/store/claims';
import { createRandom } from '../support/random';
import type { Backend } from '../support/stage';

/** What is done to the processes; `at` in milliseconds from the beginning. */
export type Fault = { at: number } /** `ambush`: while it waits for the answer to a request of its own. */ & (
  | { kind: 'kill-worker'; worker: number; awayMs: number; ambush: boolean }
  | { kind: 'stop-worker'; worker: number; awayMs: number; ambush: boolean }
  | { kind: 'restart-postgres'; downMs: number }
  | { kind: 'restart-redis'; downMs: number }
  | { kind: 'lose-queue' }
);

type FaultKind = Fault['kind'];

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
const STOPPED_MS = CLAIM_MS + 3000;

/** So long a worker is lain in wait for, at most. */
export const AMBUSH_MS = 2000;

const STARTING_MS = 3000;
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
  /** Whoever is away is left alone until it is back, and a moment longer: a process has to start. */
  const backAt = new Map<string, number>();
  const isBack = (name: string, at: number) => (backAt.get(name) ?? 0) <= at;
  const take = (name: string, at: number, awayMs: number) => backAt.set(name, at + awayMs + STARTING_MS);
  const queue = backend === 'redis' ? 'redis' : 'postgres';
  const drawServer = (kind: 'restart-postgres' | 'restart-redis', at: number): Fault | null => {
    const name = kind === 'restart-redis' ? 'redis' : 'postgres';
    const downMs = between(200, kind === 'restart-redis' ? 5000 : 3000);
    if (!isBack(name, at)) return null;
    take(name, at, downMs);
    return { at, kind, downMs };
  };
  const drawWorker = (kind: 'kill-worker' | 'stop-worker', at: number): Fault | null => {
    const names = Array.from({ length: workers }, (_, worker) => worker);
    // One at a time is stopped: with nobody at work for half a minute there is little to break.
    if (kind === 'stop-worker' && !isBack('stopped', at)) return null;
    const there = names.filter((worker) => isBack(`worker ${worker}`, at));
    const worker = there[Math.floor(random() * there.length)];
    const awayMs = kind === 'stop-worker' ? STOPPED_MS : between(300, 4000);
    const ambush = once.includes(kind) || random() < 0.5;
    const busyMs = awayMs + (ambush ? AMBUSH_MS : 0);
    // Whatever is begun is over before the time is.
    const overMs = at + busyMs + (kind === 'kill-worker' ? STARTING_MS : 0);
    if (worker === undefined || overMs > durationMs) return null;
    take(`worker ${worker}`, at, busyMs);
    if (kind === 'stop-worker') take('stopped', at, busyMs);
    return { at, kind, worker, awayMs, ambush };
  };
  const draw = (kind: FaultKind, at: number): Fault | null => {
    if (kind === 'lose-queue') return isBack(queue, at) ? { at, kind } : null;
    if (kind === 'restart-postgres' || kind === 'restart-redis') return drawServer(kind, at);
    return drawWorker(kind, at);
  };
  const faults: Fault[] = [];
  for (let at = 0; at < durationMs; at += between(PAUSES_MS.from, PAUSES_MS.to)) {
    const kind = once[0] ?? kinds[Math.floor(random() * kinds.length)] ?? 'lose-queue';
    const fault = draw(kind, at);
    if (fault === null) continue;
    if (once[0] === kind) once.shift();
    faults.push(fault);
  }
  return faults;
}

const weigh = (kind: FaultKind) => (kind === 'stop-worker' ? 0 : kind === 'kill-worker' ? 1 : 2);
