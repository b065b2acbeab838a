import { log } from '@/lib/ops/log';
import type { ClaimedFeed } from '@/lib/store/claims';
import { admitVisits, enterHost, LONGEST_WAIT_MS, leaveHost, type NewVisit } from '@/lib/store/host-visits';
import type { Politeness } from '@/lib/store/politeness';

/** A visit that is for no feed's fetch ends by itself, should its worker be killed. */
const STAY_MS = 60_000;
/** One that has less time left than a request may take waits for a new place. */
const LONGEST_REQUEST_MS = 25_000;
/** How often the lines are looked at, while somebody waits: places get free in other workers too. */
const LOOK_EVERY_MS = 250;
/** What has waited for a place in vain is tried again so much later. */
const TRY_AGAIN_MS = 5000;

/** A server has no place for a request, and will not have one soon. */
export class HostBusyError extends Error {
  readonly host: string;
  readonly until: Date;
  readonly reason: string | null;

  /**
   * @param until when to try again.
   * @param reason why, in words, where the server has asked for it.
   */
  constructor(host: string, until: Date, reason: string | null) {
    super(`${host} is asked for enough already`);
    this.host = host;
    this.until = until;
    this.reason = reason;
  }
}

/** Where a fetch is: at one server at a time, or in its line. */
export interface HostVisit {
  /**
   * Leaves the server where it is, and waits for a place at this one.
   *
   * @throws HostBusyError when that takes too long, and the signal's reason.
   */
  enter(host: string, signal: AbortSignal): Promise<void>;
  end(): Promise<void>;
}

export interface HostVisits {
  /** The fetch of a feed that has been claimed: the claim is its place at the feed's server. */
  follow(feed: Pick<ClaimedFeed, 'id' | 'host' | 'token' | 'requested'>): HostVisit;
  /** @param requested whether a person waits for it. */
  begin(requested: boolean): HostVisit;
}

interface Waiting {
  id: string;
  host: string;
  until: number;
  resolve: (admittedFrom: number) => void;
  reject: (error: unknown) => void;
}

/** Waits for places: one look at a time for all that wait in this process. */
class Lines {
  readonly #politeness: Politeness;
  readonly #waiting = new Map<string, Waiting>();
  #looking = false;
  #lookNow: () => void = () => undefined;

  constructor(politeness: Politeness) {
    this.#politeness = politeness;
  }

  /**
   * Resolves when the visit has its place.
   *
   * @returns since when, at the earliest, by this process' own `performance.now()`.
   */
  async wait(id: string, host: string, signal: AbortSignal): Promise<number> {
    signal.throwIfAborted();
    const onAbort = () => this.#waiting.get(id)?.reject(signal.reason);
    signal.addEventListener('abort', onAbort);
    try {
      return await new Promise<number>((resolve, reject) => {
        const until = performance.now() + 2 * LONGEST_WAIT_MS;
        this.#waiting.set(id, { id, host, until, resolve, reject });
        if (this.#looking) this.#lookNow();
        else void this.#look();
      });
    } finally {
      this.#waiting.delete(id);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** A place has got free: looks at once, if somebody waits for it. */
  wake(host: string): void {
    if ([...this.#waiting.values()].some((waiting) => waiting.host === host)) this.#lookNow();
  }

  async #look(): Promise<void> {
    this.#looking = true;
    while (this.#waiting.size > 0) {
      const woken = new Promise<void>((resolve) => {
        this.#lookNow = resolve;
      });
      await this.#admit();
      this.#endLate();
      if (this.#waiting.size === 0) break;
      let timer: NodeJS.Timeout | undefined;
      const passed = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, LOOK_EVERY_MS);
      });
      await Promise.race([woken, passed]);
      clearTimeout(timer);
    }
    this.#looking = false;
  }

  async #admit(): Promise<void> {
    const from = performance.now();
    try {
      const admitted = await admitVisits([...this.#waiting.values()], this.#politeness, STAY_MS);
      for (const id of admitted) this.#settle(id, (waiting) => waiting.resolve(from));
    } catch (error) {
      log.warn({ err: error }, 'The lines of servers could not be looked at.');
    }
  }

  #endLate(): void {
    const now = performance.now();
    for (const { id, host, until } of this.#waiting.values()) {
      if (until > now) continue;
      const again = new Date(Date.now() + TRY_AGAIN_MS);
      this.#settle(id, (waiting) => waiting.reject(new HostBusyError(host, again, null)));
    }
  }

  /** At once out of the line: what has been settled is not asked for again. */
  #settle(id: string, settle: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (waiting) settle(waiting);
  }
}

/**
 * Keeps to what a server is asked for at a time, whatever for: feeds that redirect to it, pages, pictures, hubs. A fetch
 * has one place, at the server that it asks; whoever goes on to another leaves the first, so that no two wait for each
 * other.
 *
 * @param onLeave told the host that has a free place.
 */
export function createHostVisits(politeness: Politeness, onLeave: (host: string) => void): HostVisits {
  const lines = new Lines(politeness);
  const leave = (host: string) => {
    lines.wake(host);
    onLeave(host);
  };
  const visit = (who: Pick<NewVisit, 'feed' | 'requested'>, home: string | null): HostVisit => {
    /** The server where it is, or in whose line. */
    let at = home;
    let id: string | null = null;
    /** Until when a request may begin there. */
    let admittedUntil = home === null ? 0 : Number.POSITIVE_INFINITY;
    return {
      async enter(host, signal) {
        if (host === at && performance.now() < admittedUntil) return;
        const entry = await enterHost({ host, leaves: id, ...who }, politeness);
        const left = at;
        at = entry.id === null ? null : host;
        id = entry.id;
        admittedUntil = 0;
        if (left !== null) leave(left);
        if (entry.id === null) throw new HostBusyError(host, entry.until, entry.reason);
        const admittedFrom = await lines.wait(entry.id, host, signal);
        admittedUntil =
          who.feed === null ? admittedFrom + STAY_MS - LONGEST_REQUEST_MS : Number.POSITIVE_INFINITY;
      },
      async end() {
        if (id === null || at === null) return;
        try {
          await leaveHost(id);
          leave(at);
        } catch (error) {
          log.warn({ err: error }, 'A place at a server could not be given back; it ends by itself.');
        }
      },
    };
  };
  return {
    follow: ({ id, host, token, requested }) => visit({ feed: { feedId: id, token }, requested }, host),
    begin: (requested) => visit({ feed: null, requested }, null),
  };
}

/** @returns undefined where a server that was not needed has no place. */
export async function unlessBusy<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof HostBusyError) return undefined;
    throw error;
  }
}
