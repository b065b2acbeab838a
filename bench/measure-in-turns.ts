/**
 * Median milliseconds of each subject. They run in turns, once each a round, so that whatever else the machine does
 * falls on all of them; a third of the rounds go before, to warm up.
 */
export async function measureInTurns(
  subjects: Record<string, () => unknown>,
  rounds: number,
): Promise<Map<string, number>> {
  const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
  const warmup = Math.ceil(rounds / 3);
  for (let round = -warmup; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(subjects)) {
      const start = performance.now();
      await run();
      if (round >= 0) times.get(name)?.push(performance.now() - start);
    }
  }
  return new Map(
    [...times].map(([name, values]) => [
      name,
      values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN,
    ]),
  );
}
