import type { FeedStatusBody } from './feed-progress';

const FIRST_DELAY_MS = 1000;
const LONGEST_DELAY_MS = 10_000;
/** So many answers come at the first pace; then each takes a third longer to be asked for. */
const EAGER_POLLS = 10;
const GROWTH = 4 / 3;
/** An answer that takes longer is given up. */
const PATIENCE_MS = 15_000;

/** @returns milliseconds until the next question, after this many. */
export function pollDelay(polls: number): number {
  return Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * GROWTH ** Math.max(0, polls - EAGER_POLLS));
}

async function askStatus(feedId: number, ended: AbortSignal): Promise<FeedStatusBody | 'missing' | null> {
  const signal = AbortSignal.any([ended, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const response = await fetch(`/api/feeds/${feedId}/status`, { cache: 'no-store', signal });
    if (response.status === 404) return 'missing';
    return response.ok ? ((await response.json()) as FeedStatusBody) : null;
  } catch {
    // The server restarts, the network is away, or nobody follows any more: the next question will tell.
    return null;
  }
}

/**
 * Asks for a feed's status over and over: about once a second, then more and more seldom, one question at a
 * time, and none while the tab is hidden. It asks at once when the tab comes back.
 *
 * @param onStatus gets each answer; `missing` when the feed is no longer there under this id.
 * @returns a function that ends it.
 */
export function followFeed(
  feedId: number,
  onStatus: (status: FeedStatusBody | 'missing') => void,
): () => void {
  const ended = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asking = false;
  let polls = 0;

  async function ask() {
    if (asking || ended.signal.aborted || document.hidden) return;
    asking = true;
    const status = await askStatus(feedId, ended.signal);
    asking = false;
    if (ended.signal.aborted) return;
    polls += 1;
    schedule();
    if (status !== null) onStatus(status);
  }

  function schedule() {
    clearTimeout(timer);
    if (!document.hidden) timer = setTimeout(ask, pollDelay(polls));
  }

  function onVisibility() {
    clearTimeout(timer);
    if (!document.hidden) void ask();
  }

  document.addEventListener('visibilitychange', onVisibility);
  schedule();
  return () => {
    ended.abort();
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
