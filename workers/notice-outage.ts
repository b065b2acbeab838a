const WINDOW_MS = 60_000;

/** Fewer hosts than this may well be down by themselves. */
const FEWEST_HOSTS = 3;

/** Of the hosts asked lately, so many must have been out of reach. */
const SHARE = 0.8;

interface Answer {
  at: number;
  /** The feeds that were charged with failures, when it was out of reach. */
  charged: number[];
  reached: boolean;
}

/** Tells whether it is our own network that is down. */
export interface OutageNotice {
  /** A server has answered, whatever it said. */
  reached(host: string, now: number): void;
  /**
   * A server was out of reach.
   *
   * @returns whether that is most likely our own fault, and the feeds that were charged before that was plain.
   */
  missed(host: string, feedId: number, now: number): { ours: boolean; acquit: number[] };
}

/**
 * Remembers the last answer of each host for a minute. When most hosts are out of reach at once, it is not they who
 * fail: nobody is charged then.
 */
export function createOutageNotice(): OutageNotice {
  const answers = new Map<string, Answer>();
  const forget = (now: number) => {
    for (const [host, { at }] of answers) if (now - at > WINDOW_MS) answers.delete(host);
  };
  return {
    reached(host, now) {
      answers.set(host, { at: now, charged: [], reached: true });
    },
    missed(host, feedId, now) {
      forget(now);
      const before = answers.get(host)?.charged ?? [];
      answers.set(host, { at: now, charged: before, reached: false });
      const all = [...answers.values()];
      const missing = all.filter(({ reached }) => !reached);
      const ours = all.length >= FEWEST_HOSTS && missing.length >= all.length * SHARE;
      if (!ours) {
        before.push(feedId);
        return { ours, acquit: [] };
      }
      return { ours, acquit: missing.flatMap(({ charged }) => charged.splice(0)) };
    },
  };
}
