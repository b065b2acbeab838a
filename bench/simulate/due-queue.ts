/** What a number of workers make of what comes due. */
export interface DueQueue {
  /** Feeds that are due and wait, at most. */
  most: number;
  /** Seconds that a feed waits at most: what is due first is fetched first. */
  longestWait: number;
}

/**
 * Runs the queue of due feeds minute by minute. What comes due in a minute comes evenly over it.
 *
 * @param minutes how many feeds come due in each.
 * @param rate fetches a second that all workers end together.
 */
export function runDueQueue(minutes: Float64Array, rate: number): DueQueue {
  let waiting = 0;
  let most = 0;
  for (const arrived of minutes) {
    waiting = Math.max(0, waiting + arrived - rate * 60);
    most = Math.max(most, waiting);
  }
  return { most, longestWait: most / rate };
}
