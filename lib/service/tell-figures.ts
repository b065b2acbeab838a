import { setTimeout } from 'node:timers/promises';
import { metrics, renderMetrics } from '@/lib/ops/metrics';
import { measureIndexLag } from '@/lib/store/search-index';

const PATIENCE_MS = 2000;

/** What waits to be made searchable is in the database, whether a worker lives or not: it is counted when asked for. */
async function measureSearch(): Promise<void> {
  const late = setTimeout(PATIENCE_MS, null, { ref: false });
  const lag = await Promise.race([measureIndexLag(), late]).catch(() => null);
  if (lag === null) {
    // Nothing is better than what was true once.
    metrics.searchWaiting.remove();
    metrics.searchLag.remove();
    return;
  }
  metrics.searchWaiting.set(lag.waiting);
  metrics.searchLag.set(lag.oldestSeconds);
}

/** @returns this process's figures in Prometheus' text format, with those of the database that any process can tell. */
export async function tellFigures(): Promise<{ body: string; contentType: string }> {
  await measureSearch();
  return renderMetrics();
}
