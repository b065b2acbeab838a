import { until } from '../lib/processes.mjs';
import type { EmbeddedPostgres } from '../postgres/embedded';
import type { Service } from './service';

/** What is running, as far as it was started. */
export interface Running {
  web?: Service;
  worker?: Service;
  postgres?: EmbeddedPostgres;
}

/** In milliseconds from the wish to stop; all of it has to be done in ten seconds. */
const schedule = { webAlone: 1000, processes: 7500, postgres: 1200 };

/**
 * Stops everything in order: web, so that nobody asks for more; the worker, which finishes or hands back what it
 * has; and when no client is left, PostgreSQL.
 *
 * @param hurry aborted by a second Ctrl-C: what has not stopped yet is ended.
 */
export async function shutDown({ web, worker, postgres }: Running, hurry: AbortSignal): Promise<void> {
  const begin = Date.now();
  const gone = (service: Service | undefined) => !service || service.hasExited();
  const left = (limit: number) => Math.max(0, begin + limit - Date.now());
  web?.ask();
  await until(() => gone(web) || hurry.aborted, left(schedule.webAlone));
  worker?.ask();
  await until(() => (gone(web) && gone(worker)) || hurry.aborted, left(schedule.processes));
  for (const service of [web, worker]) if (!gone(service)) service?.kill();
  await Promise.all([web?.exited, worker?.exited]);
  await postgres?.stop(schedule.postgres);
}
