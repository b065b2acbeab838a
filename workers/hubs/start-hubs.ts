import type { Env } from '@/lib/ops/env';
import { claimHubRequests } from '@/lib/store/hubs';
import { type HostVisits, unlessBusy } from '../host-visits';
import { openPoster } from '../open-fetcher';
import { startRounds } from '../run-rounds';
import { askHub } from './ask-hub';
import { findCallbackBase } from './callback-base';

const ROUND_EVERY_MS = 2000;
const AT_ONCE = 8;
const TIMEOUT_MS = 10_000;

/**
 * Asks the hubs of feeds for pushes, where hubs can call us.
 *
 * @returns how to stop.
 */
export function startHubs(env: Env, visits: HostVisits): () => Promise<void> {
  const callbackBase = findCallbackBase(env);
  if (callbackBase === null) return async () => undefined;
  const poster = openPoster({ ...env, FETCH_TIMEOUT_MS: Math.min(TIMEOUT_MS, env.FETCH_TIMEOUT_MS) });
  const stop = startRounds({
    name: 'hubs',
    everyMs: ROUND_EVERY_MS,
    atOnce: AT_ONCE,
    claim: claimHubRequests,
    async work(request, signal) {
      const visit = visits.begin(false);
      const enter = (host: string) => visit.enter(host, signal);
      // Where the hub has no place it is due again, as after any request that it does not confirm.
      await unlessBusy(askHub({ poster, callbackBase, env }, request, { signal, enter })).finally(visit.end);
    },
  });
  return async () => {
    await stop();
    await poster.close();
  };
}
