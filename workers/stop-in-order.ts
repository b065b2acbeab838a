type Stop = () => unknown;

/**
 * Stops what a process has started, step by step. One that cannot be stopped, such as a queue that is away, keeps nothing
 * else from being finished and handed back.
 *
 * @param steps what stops at the same time, one step after the other.
 * @throws AggregateError when everything has been tried, with what has failed.
 */
export async function stopInOrder(steps: Stop[][]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) {
    const stopped = await Promise.allSettled(step.map(async (stop) => stop()));
    failures.push(...stopped.flatMap((result) => (result.status === 'rejected' ? [result.reason] : [])));
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped.');
}
