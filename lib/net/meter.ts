/** How far a request came; when it broke, until then. */
interface Progress {
  /** Null: no answer had begun. */
  status: number | null;
  /** Bytes of the body, unpacked. */
  received: number;
  /** Milliseconds of each part; null for one that it did not come to. */
  connectMs: number;
  waitMs: number | null;
  downloadMs: number | null;
}

/** Takes the time of one request, and counts what comes. */
export interface Meter {
  /** The request has a connection. */
  start(): void;
  /** The answer begins. */
  answer(status: number): void;
  receive(bytes: number): void;
  read(): Progress;
}

/** @returns a meter that runs from now on. */
export function startMeter(): Meter {
  const begun = performance.now();
  let connected: number | null = null;
  let answered: number | null = null;
  let status: number | null = null;
  let received = 0;
  const span = (from: number | null, to: number | null) =>
    from === null ? null : Math.round((to ?? performance.now()) - from);
  return {
    start() {
      connected = performance.now();
    },
    answer(code) {
      status = code;
      answered = performance.now();
    },
    receive(bytes) {
      received += bytes;
    },
    read: () => ({
      status,
      received,
      connectMs: Math.round((connected ?? performance.now()) - begun),
      waitMs: span(connected, answered),
      downloadMs: span(answered, null),
    }),
  };
}
