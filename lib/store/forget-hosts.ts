import { openStore } from './client';

/** Long enough that no turn that was given is still to come, and a burst is everybody's again. */
const IDLE = '1 hour';

/**
 * Forgets hosts that no feed is at and nobody is asking: those of pages, pictures and addresses that feeds once led to.
 * One that wants to be left alone is remembered until then. What is asked for again gets a new row.
 *
 * @returns how many.
 */
export async function forgetHosts(): Promise<number> {
  return openStore().$executeRaw`
    DELETE FROM hosts WHERE host IN (
      SELECT host FROM hosts h
      WHERE next_slot < now() - ${IDLE}::interval AND (rest_until IS NULL OR rest_until < now())
        AND NOT EXISTS (SELECT FROM feed_schedules s WHERE s.host = h.host)
        AND NOT EXISTS (SELECT FROM host_visits v WHERE v.host = h.host)
      FOR UPDATE SKIP LOCKED)`;
}
