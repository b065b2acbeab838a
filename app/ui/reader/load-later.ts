import { toldElsewhere } from './outbox';
import { tell } from './undo-stack';

type Later = typeof import('./later');

/** Brings what comes later, if it has not come yet. @throws where nobody answers. */
export const loadLater = (): Promise<Later> => import('./later');

/** Does something with what comes later; says so where it does not come. */
export function withLater(deed: (later: Later) => void): void {
  loadLater().then(deed, () => tell('The server does not answer.'));
}

/** At the latest after so long. */
const IDLE_MS = 3000;
/** What did not come is asked for again after so long. */
const AGAIN_MS = 10_000;

function whenIdle(deed: () => void) {
  // Safari does not say when it is.
  if (typeof requestIdleCallback === 'undefined') setTimeout(deed, IDLE_MS / 2);
  else requestIdleCallback(deed, { timeout: IDLE_MS });
}

/**
 * Brings what comes later once the page is there and has nothing else to do, and starts what goes on by itself.
 *
 * @returns a function that ends it.
 */
export function startLater(): () => void {
  let stop: (() => void) | undefined;
  let ended = false;
  let told = false;
  let again: ReturnType<typeof setTimeout> | undefined;
  const begin = () => {
    if (ended || stop !== undefined) return;
    // What is asked for from here on is no part of the first load.
    performance.mark('tidings.later');
    loadLater().then(
      ({ startPulse }) => {
        if (!ended) stop ??= startPulse(told);
      },
      // The server restarts, or the network is away.
      () => {
        if (!ended) again = setTimeout(begin, AGAIN_MS);
      },
    );
  };
  const onLoad = () => whenIdle(begin);
  const stopHearing = toldElsewhere.subscribe(() => {
    told = true;
    begin();
  });
  if (document.readyState === 'complete') onLoad();
  else window.addEventListener('load', onLoad, { once: true });
  return () => {
    ended = true;
    clearTimeout(again);
    stop?.();
    stopHearing();
    window.removeEventListener('load', onLoad);
  };
}
