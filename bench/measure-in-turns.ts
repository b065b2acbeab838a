/** What is timed, by name. */
export type Subjects = Record<string, () => unknown>;

/** Milliseconds of every round, by subject; those of one round belong together. */
export type Times = Map<string, number[]>;

/**
 * Times each subject of each document once a round, in turns, so that whatever else the machine does falls on all of
 * them, and what the engine learns of one document it knows for all. Every other round goes backwards: nobody always
 * inherits the garbage of the same neighbour.
 * @param rounds that count; `warmup` others go before them, until the engine has compiled what it will
 */
export async function measureInTurns(
  documents: readonly Subjects[],
  { warmup, rounds }: { warmup: number; rounds: number },
): Promise<Times[]> {
  const results = documents.map(
    (subjects) => new Map(Object.keys(subjects).map((name) => [name, [] as number[]])),
  );
  for (let round = -warmup; round < rounds; round += 1) {
    for (const [index, subjects] of documents.entries()) {
      const turns = Object.entries(subjects);
      for (const [name, run] of round % 2 ? turns : turns.reverse()) {
        const start = performance.now();
        await run();
        if (round >= 0) results[index]?.get(name)?.push(performance.now() - start);
      }
    }
  }
  return results;
}

/** The value in the middle. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
