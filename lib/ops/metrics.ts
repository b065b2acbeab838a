import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Next bundles routes apart from each other: one registry a process, wherever it is imported. */
const shared = globalThis as typeof globalThis & { tidingsMetrics?: ReturnType<typeof createMetrics> };

function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'tidings_' });
  const registers = [registry];
  const figures = {
    registry,
    fetches: new Counter({
      name: 'tidings_fetches_total',
      help: 'Attempts to fetch a feed, by outcome and error code.',
      labelNames: ['outcome', 'code'],
      registers,
    }),
    fetchSeconds: new Histogram({
      name: 'tidings_fetch_duration_seconds',
      help: 'From claim to stored, by outcome.',
      labelNames: ['outcome'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
      registers,
    }),
    atWork: new Gauge({
      name: 'tidings_fetches_at_work',
      help: 'Feeds that this process is fetching now.',
      registers,
    }),
    items: new Counter({
      name: 'tidings_items_total',
      help: 'Items written, new or updated.',
      labelNames: ['kind'],
      registers,
    }),
    submissions: new Counter({
      name: 'tidings_submissions_total',
      help: 'Addresses submitted, by result.',
      labelNames: ['result'],
      registers,
    }),
    enqueueFailures: new Counter({
      name: 'tidings_enqueue_failures_total',
      help: 'Jobs that the queue did not take in time; the sweep makes up for them.',
      registers,
    }),
    iconLookups: new Counter({
      name: 'tidings_icon_lookups_total',
      help: 'Feeds whose icon was looked for, by result.',
      labelNames: ['result'],
      registers,
    }),
    fullTexts: new Counter({
      name: 'tidings_full_texts_total',
      help: 'Pages of items that were fetched for more than the feed brings, by result.',
      labelNames: ['result'],
      registers,
    }),
    hubPushes: new Counter({
      name: 'tidings_hub_pushes_total',
      help: 'What hubs have pushed, by whether it was believed.',
      labelNames: ['result'],
      registers,
    }),
    hubVerifications: new Counter({
      name: 'tidings_hub_verifications_total',
      help: 'Questions of hubs whether we want their pushes, by answer.',
      labelNames: ['result'],
      registers,
    }),
    imports: new Counter({
      name: 'tidings_imports_total',
      help: 'Lists of feeds that were read, by whether they could be.',
      labelNames: ['result'],
      registers,
    }),
    searchIndexed: new Counter({
      name: 'tidings_search_indexed_total',
      help: 'Items that this process has made searchable.',
      registers,
    }),
    searchWaiting: new Gauge({
      name: 'tidings_search_waiting_items',
      help: 'Items that are stored and not yet searchable, counted up to 100,000.',
      registers,
    }),
    searchLag: new Gauge({
      name: 'tidings_search_lag_seconds',
      help: 'For how long the item has waited that has waited longest to be made searchable.',
      registers,
    }),
    dueFeeds: new Gauge({
      name: 'tidings_due_feeds',
      help: 'Feeds that were due at the last sweep of this process; not told by one that does not sweep.',
      registers,
    }),
  };
  // A gauge begins with 0: where nobody measures, that would say that nothing is due.
  for (const gauge of [figures.searchWaiting, figures.searchLag, figures.dueFeeds]) gauge.remove();
  return figures;
}

shared.tidingsMetrics ??= createMetrics();

/** Everything this process counts. */
export const metrics = shared.tidingsMetrics;

/** @returns the metrics in Prometheus' text format. */
export async function renderMetrics(): Promise<{ body: string; contentType: string }> {
  return { body: await metrics.registry.metrics(), contentType: metrics.registry.contentType };
}
