/**
 * Milliseconds of each subject, the least of all rounds. They run in turns, once each a round, so that whatever else the machine does
 * falls on all of them, and the least is what the code costs; a third of the rounds go before, to warm up.
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
  return new Map([...times].map(([name, values]) => [name, Math.min(...values)]));
}
