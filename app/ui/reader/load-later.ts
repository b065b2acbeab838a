import { toldElsewhere } from './outbox';
import { tell } from './undo-stack';

type Later = typeof import('./later');

/** Brings what comes later, if it has not come yet. @throws where nobody answers. */
export const loadLater = (): Promise<Later> => import('./later');

/** Does something with what comes later; says so where it does not come. */
export function withLater(deed: (later: Later) => void): void {
  loadLater().then(deed, () => tell('The server does not answer.'));
}

let arrive: (later: Later) => void;
/** As soon as a page has nothing else to do. */
const arrived = new Promise<Later>((resolve) => {
  arrive = resolve;
});

/**
 * Begins something that goes on by itself, once a page has nothing else to do.
 *
 * @param begin answers with a function that ends it.
 * @returns a function that ends it, or has it never begin.
 */
export function whenLater(begin: (later: Later) => () => void): () => void {
  let end: (() => void) | null = () => undefined;
  void arrived.then((later) => {
    if (end !== null) end = begin(later);
  });
  return () => {
    end?.();
    end = null;
  };
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
      (later) => {
        if (!ended) stop ??= later.startPulse(told);
        arrive(later);
        performance.mark('tidings.arrived');
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
