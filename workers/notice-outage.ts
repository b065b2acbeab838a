const WINDOW_MS = 600_000;

/** The answers of so many hosts are remembered, the newest: when things change, they are soon all of the new kind. */
const HOSTS = 20;

/** Fewer hosts than this may well be down by themselves. */
const FEWEST_MISSING = 3;

/** Of the hosts asked lately, so many must be out of reach. */
const SHARE = 0.8;

/** Charges that may have to be taken back are remembered for as long, the newest. */
const CHARGES = 1000;

interface Answer {
  at: number;
  reached: boolean;
}

interface Charge {
  at: number;
  host: string;
  feedId: number;
}

/** An attempt that could not reach its server. */
interface Miss {
  host: string;
  /** Whether the feed's last attempt went well. */
  wasWell: boolean;
  /** Milliseconds since 1970. */
  now: number;
}

/** Tells whether it is our own network that is down. */
export interface OutageNotice {
  /** A server has answered, whatever it said. */
  reached(host: string, now: number): void;
  /**
   * A server was out of reach.
   *
   * @returns whether that is most likely our own fault.
   */
  missed(miss: Miss): boolean;
  /**
   * What became of a feed that was missed is stored.
   *
   * @returns the feeds that were charged before it was plain that the fault is ours, one for each charge.
   */
  stored(stored: Charge & { charged: boolean }): number[];
}

/**
 * Remembers what became of the hosts that were asked last. When most of those that were well until now are out of reach,
 * it is not they who fail: nobody is charged then. A feed that has failed before, or was never read, says nothing about
 * us: three dead feeds alone are no outage.
 */
export function createOutageNotice(): OutageNotice {
  /** The host that answered last is last. */
  const answers = new Map<string, Answer>();
  const remember = (host: string, answer: Answer) => {
    answers.delete(host);
    answers.set(host, answer);
    const [oldest] = answers.keys();
    if (answers.size > HOSTS && oldest !== undefined) answers.delete(oldest);
  };
  let charges: Charge[] = [];
  const forget = (now: number) => {
    for (const [host, { at }] of answers) if (now - at > WINDOW_MS) answers.delete(host);
    charges = charges.filter(({ at }) => now - at <= WINDOW_MS).slice(-CHARGES);
  };
  const isOurs = () => {
    const missing = [...answers.values()].filter(({ reached }) => !reached).length;
    return missing >= FEWEST_MISSING && missing >= answers.size * SHARE;
  };
  return {
    reached(host, now) {
      remember(host, { at: now, reached: true });
      charges = charges.filter((charge) => charge.host !== host);
    },
    missed({ host, wasWell, now }) {
      forget(now);
      // A host that was well when it was missed first counts as long as it stays away.
      if (wasWell || answers.get(host)?.reached === false) remember(host, { at: now, reached: false });
      return isOurs();
    },
    stored({ charged, ...charge }) {
      if (charged) charges.push(charge);
      if (!isOurs()) return [];
      return charges.splice(0).map(({ feedId }) => feedId);
    },
  };
}
