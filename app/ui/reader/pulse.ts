import { type Counts, noteNewestItem, readCounts, setCounts } from './counts';
import { noteFeedsVersion } from './feeds-version';
import { news, outdated } from './news';
import { areCountsOld, readerHeader, toldElsewhere } from './outbox';
import { makeSignal } from './signal';

/** Said when something new has been asked for, and can be there soon. */
export const expected = makeSignal();

const SOON_MS = 2000;
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 120_000;
const GROWTH = 1.5;
const PATIENCE_MS = 15_000;

interface Beat {
  counts: Counts;
  newestItemId: number;
  feedsVersion: string;
}

async function ask(): Promise<Beat | null> {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch('/api/counts', { headers: readerHeader(), signal });
    return response.ok ? ((await response.json()) as Beat) : null;
  } catch {
    // The server restarts, or the network is away.
    return null;
  }
}

/** @returns whether anything was different from what this tab knew. */
function take({ counts, newestItemId, feedsVersion }: Beat, askedAt: number): boolean {
  const isOtherList = noteFeedsVersion(feedsVersion);
  const isNews = noteNewestItem(newestItemId);
  const differs = JSON.stringify(counts) !== JSON.stringify(readCounts());
  // What was done here since, or waits to be told, is in the tab's counts already, and not in what the server said.
  const isWhole = !areCountsOld(askedAt);
  if (isWhole) setCounts(counts);
  if (isNews || (differs && isWhole)) news.emit();
  return isNews || differs || isOtherList;
}

/**
 * Keeps asking for the counts and what the list of feeds is: every ten seconds, more and more seldom while nothing
 * changes, not at all while the tab is hidden, and at once when it comes back, when another tab has told the server
 * something or when this one shows more than it knows; soon again where something new is expected.
 *
 * @param atOnce whether another tab has told something already.
 * @returns a function that ends it.
 */
export function startPulse(atOnce: boolean): () => void {
  let pause = FIRST_PAUSE_MS;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;
  let asking = false;
  let askAgain = false;

  function wait() {
    clearTimeout(timer);
    if (!document.hidden && !ended) timer = setTimeout(beat, pause);
  }

  async function beat() {
    askAgain = asking;
    if (asking) return;
    asking = true;
    const askedAt = performance.now();
    const said = await ask();
    asking = false;
    if (ended) return;
    const changed = said !== null && take(said, askedAt);
    pause = changed ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * GROWTH);
    // What was on its way may be from before.
    if (askAgain) void beat();
    else wait();
  }

  function wake(first: number) {
    clearTimeout(timer);
    if (document.hidden) return;
    pause = first;
    void beat();
  }
  const onVisibility = () => wake(FIRST_PAUSE_MS);

  document.addEventListener('visibilitychange', onVisibility);
  const stopHearing = [
    ...[toldElsewhere, outdated].map((signal) => signal.subscribe(onVisibility)),
    expected.subscribe(() => wake(SOON_MS)),
  ];
  if (atOnce) onVisibility();
  else wait();
  return () => {
    ended = true;
    clearTimeout(timer);
    for (const stop of stopHearing) stop();
    document.removeEventListener('visibilitychange', onVisibility);
  };
}
