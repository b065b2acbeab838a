import type { Env } from '@/lib/ops/env';
import { claimHubRequests, putOffHubRequest } from '@/lib/store/hubs';
import { HostBusyError, type HostVisits } from '../host-visits';
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
      try {
        await askHub({ poster, callbackBase, env }, request, { signal, enter });
      } catch (error) {
        if (!(error instanceof HostBusyError)) throw error;
        await putOffHubRequest(request.id, error.until);
      } finally {
        await visit.end();
      }
    },
  });
  return async () => {
    await stop();
    await poster.close();
  };
}
