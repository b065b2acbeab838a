'use client';

import { useEffect, useState } from 'react';
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

/** Keeps asking while the tab is in sight, and at once when it comes back. */
function followTroubles(onAnswer: (troubles: Trouble[]) => void): () => void {
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

/**
 * One line, at the foot of whatever is being read, when something is wrong with us rather than with a feed;
 * nothing at all while all is well. It lies over the page, so that nothing moves when it comes or goes.
 *
 * @param troubles as the server knew them when it rendered.
 */
export function HealthLine({ troubles: rendered }: { troubles: Trouble[] }) {
  const [troubles, setTroubles] = useState(rendered);
  useEffect(() => followTroubles(setTroubles), []);
  const [worst] = troubles;
  return (
    <div
      role="status"
      aria-label="Tidings itself"
      className="pointer-events-none fixed inset-x-0 bottom-0 z-30 flex justify-center p-3 pb-[max(0.75rem,env(safe-area-inset-bottom))] print:hidden"
    >
      {worst !== undefined && (
        <p
          key={worst.code}
          data-trouble={worst.code}
          className="pointer-events-auto rounded-lg border border-warn-line bg-warn-wash px-4 py-2.5 text-sm font-medium shadow-lg shadow-black/10"
        >
          {worst.message}
        </p>
      )}
    </div>
  );
}
