import type { Trouble } from '@/lib/store/health-views';

const EVERY_MS = 15_000;
const PATIENCE_MS = 10_000;

async function askTroubles(ended: AbortSignal): Promise<Trouble[] | null> {
  try {
    const signal = AbortSignal.any([ended, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await fetch('/api/health-line', { cache: 'no-store', signal });
    return response.ok ? ((await response.json()) as { troubles: Trouble[] }).troubles : null;
  } catch {
    // The server restarts, or the network is away: what was known last stands until somebody answers.
    return null;
  }
}

/**
 * Keeps asking what is wrong with us while the tab is in sight, and at once when it comes back.
 *
 * @returns a function that ends it.
 */
export function followTroubles(onAnswer: (troubles: Trouble[]) => void): () => void {
  const ended = new AbortController();
  let asking = false;
  async function ask() {
    if (asking || document.hidden) return;
    asking = true;
    const troubles = await askTroubles(ended.signal);
    asking = false;
    if (troubles !== null && !ended.signal.aborted) onAnswer(troubles);
  }
  const timer = setInterval(ask, EVERY_MS);
  document.addEventListener('visibilitychange', ask);
  return () => {
    ended.abort();
    clearInterval(timer);
    document.removeEventListener('visibilitychange', ask);
  };
}
