import { medianOf } from '../measure-in-turns';
import type { Backend } from '../support/deployment';
import { printTable } from '../support/figures';
import type { Cpu, Round } from './round';
import type { RoundName, Series } from './series';
import { DELAY_MS, FEEDS, ITEMS } from './site';

const NAMES: readonly RoundName[] = ['first', 'unchanged at once', 'unchanged'];

const secondsOf = (rounds: Round[]) => medianOf(rounds.map(({ seconds }) => seconds));

/** Feeds a second: the median, and the range. */
function sayRate(rounds: Round[]): string {
  const rates = rounds.map(({ seconds }) => Math.round(FEEDS / seconds));
  return `${Math.round(FEEDS / secondsOf(rounds))} (${Math.min(...rates)}-${Math.max(...rates)})`;
}

function toRow(series: Series, name: RoundName) {
  const { rounds, floor } = series;
  const all = rounds[name];
  const seconds = secondsOf(all);
  const bare = FEEDS / medianOf(name === 'first' ? floor.first : floor.unchanged);
  const each = (of: (cpu: Cpu) => number) =>
    ((1000 * medianOf(all.map(({ cpu }) => of(cpu)))) / FEEDS).toFixed(2);
  return {
    round: name,
    rounds: all.length,
    'feeds/s': sayRate(all),
    'items/s': name === 'first' ? Math.round((FEEDS * ITEMS) / seconds) : '',
    'bare requests/s': Math.round(bare),
    ratio: (FEEDS / seconds / bare).toFixed(2),
    'ms a feed': ((1000 * seconds) / FEEDS).toFixed(2),
    'CPU ms: worker': each(({ worker }) => worker),
    PostgreSQL: each(({ postgres }) => postgres),
    Redis: each(({ redis }) => redis),
    web: each(({ web }) => web),
    'servers, bench': each(({ bench }) => bench),
  };
}

const TITLES = { plain: '1 worker', hanging: '1 worker, 5 % of the servers hang', two: '2 workers' } as const;

/** Prints what was measured on one backend. */
export function printSeries(series: Series): void {
  const { backend, kind, peakMegabytes, searchable, copied, cold } = series;
  printTable(
    `${backend}, ${TITLES[kind]}: ${FEEDS} feeds of ${ITEMS} items of 2 KB, servers take ${DELAY_MS} ms`,
    NAMES.map((name) => toRow(series, name)),
  );
  process.stdout.write(
    `Peak memory of a worker ${peakMegabytes} MB; all items searchable ${searchable.toFixed(1)} s after the ` +
      `start; COPY of the items: ${Math.round(copied)} items/s.\n`,
  );
  if (cold)
    process.stdout.write(
      `The very first fetch of these workers: ${Math.round(FEEDS / cold.seconds)} feeds/s.\n`,
    );
}

/**
 * How much longer the second takes, in percent: of the medians. Where both went by turns, also the quartiles of what
 * the pairs say.
 */
const compare = (a: Series, b: Series, name: RoundName, byTurns: boolean) => {
  const [all, others] = [a.rounds[name], b.rounds[name]];
  const median = `${(100 * (secondsOf(others) / secondsOf(all) - 1)).toFixed(1)} %`;
  if (!byTurns) return median;
  const costs = all
    .flatMap(({ seconds }, index) => {
      const beside = others[index];
      return beside ? [100 * (beside.seconds / seconds - 1)] : [];
    })
    .sort((one, other) => one - other);
  const quartile = (share: number) => costs[Math.round(share * (costs.length - 1))]?.toFixed(1);
  return `${median} (${quartile(0.25)} to ${quartile(0.75)}, ${costs.length} pairs)`;
};

function toComparison(what: string, a: Series | undefined, b: Series | undefined, byTurns: boolean) {
  if (a === undefined || b === undefined) return [];
  return [{ what, ...Object.fromEntries(NAMES.map((name) => [name, compare(a, b, name, byTurns)])) }];
}

/** Prints what hanging servers cost, and how far the backends are apart, from the medians. */
export function printComparison(backends: readonly Backend[], measured: Record<string, Series>): void {
  const rows = [
    ...backends.flatMap((backend) =>
      toComparison(
        `5 % hanging servers cost, ${backend}`,
        measured[`${backend} plain`],
        measured[`${backend} hanging`],
        true,
      ),
    ),
    ...(['plain', 'hanging', 'two'] as const).flatMap((kind) =>
      toComparison(
        `Redis beside PostgreSQL, ${TITLES[kind]}`,
        measured[`postgres ${kind}`],
        measured[`redis ${kind}`],
        false,
      ),
    ),
  ];
  if (rows.length > 0) printTable('Time a round takes more (less): medians, and quartiles of pairs', rows);
}
