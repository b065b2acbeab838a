/** What must be reached at least; kept in `floor.json`, and only ever raised. */
export interface Floor {
  passed: number;
  cases: number;
  /** Mean of the groups' pass rates, in per cent. */
  meanOfGroups: number;
}

export interface ConformanceResult {
  groups: Record<string, { n: number; ok: number }>;
  failing: { id: string; group: string }[];
  throws: number;
  hangs: number;
  reached: Floor;
}

/** Whether a result is worse than the floor; by rate, so that a grown corpus is no failure. */
export function isBelow(reached: Floor, floor: Floor): boolean {
  const rate = ({ passed, cases }: Floor): number => passed / Math.max(1, cases);
  return rate(reached) < rate(floor) || reached.meanOfGroups < floor.meanOfGroups;
}

const percent = (passed: number, cases: number): string =>
  `${((100 * passed) / Math.max(1, cases)).toFixed(2)} %`;

/** A table of the groups, and the cases that fail. */
export function describeResult({ groups, failing, throws, hangs, reached }: ConformanceResult): string {
  const rows = Object.entries(groups)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(
      ([name, { n, ok }]) =>
        `  ${name.padEnd(16)}${String(ok).padStart(5)}/${String(n).padEnd(5)}${percent(ok, n).padStart(9)}`,
    );
  const fails = failing.map(({ id, group }) => `  fails: [${group}] ${id}`);
  const total = `conformance: ${reached.passed}/${reached.cases} = ${percent(reached.passed, reached.cases)}, mean of the groups ${reached.meanOfGroups.toFixed(2)} %, throws ${throws}, hangs ${hangs}`;
  return [total, ...rows, ...fails].join('\n');
}
