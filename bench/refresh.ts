import { printComparison, printSeries } from './refresh/report';
import { measureAlone, measureAlternately, type Series } from './refresh/series';
import { closeSite, startSite } from './refresh/site';
import type { Backend } from './support/deployment';

/**
 * `npm run bench:refresh [postgres|redis] [one|two] [hosts=250] [statements] [profile]`: 1,000 feeds of 50 items of
 * 2 KB at so many hosts, whose servers take 50 ms: the first fetch, others at once in which nothing has changed, and more of those once the items
 * have been made searchable. One worker does so by turns with these feeds alone and with others between them, every
 * twentieth, whose servers hang: it is timed until the 1,000 are fetched. Two workers do so with the 1,000 alone. Each
 * several times: medians, and in brackets the range. Where the CPU time goes; with
 * `statements` also what PostgreSQL spends most on; `profile` leaves CPU profiles of the workers in .profiles. Beside
 * them the floors, in the same run: bare requests for the same documents at the same concurrency, and COPY of the same
 * items. At the end what hanging servers cost, and how far the backends are apart.
 */
const words = new Set(process.argv.slice(2));

const choose = <Name extends string>(names: readonly Name[]) => {
  const chosen = names.filter((name) => words.has(name));
  return chosen.length > 0 ? chosen : names;
};
const options = { statements: words.has('statements'), profile: words.has('profile') };
const hosts = Number([...words].find((word) => word.startsWith('hosts='))?.slice('hosts='.length) ?? 250);
if (!Number.isInteger(hosts) || hosts < 1 || hosts > 1000) throw new Error('hosts= is from 1 to 1000.');
const site = await startSite(hosts);
const measured: Record<string, Series> = {};
const backends = choose<Backend>(['postgres', 'redis']);
for (const backend of backends) {
  for (const workers of choose(['one', 'two'])) {
    const all =
      workers === 'one'
        ? await measureAlternately(backend, site, options)
        : await measureAlone(backend, site, options);
    for (const series of all) {
      measured[`${backend} ${series.kind}`] = series;
      printSeries(series);
    }
  }
}
await closeSite(site);
printComparison(backends, measured);
