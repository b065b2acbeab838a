/** Counts places. */
export interface Room {
  /**
   * Waits until there is a place, and takes as many as there are, up to `wanted`.
   *
   * @returns how to leave each of them.
   * @throws the reason of `signal`.
   */
  take(wanted: number, signal: AbortSignal): Promise<(() => void)[]>;
  /** Takes a place whether there is one or not. */
  enter(): () => void;
}

/** @param size places. */
export function createRoom(size: number): Room {
  let free = size;
  let waiting: (() => void)[] = [];
  const enter = () => {
    free -= 1;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      free += 1;
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    };
  };
  return {
    enter,
    async take(wanted, signal) {
      while (free <= 0) {
        signal.throwIfAborted();
        await new Promise<void>((resolve) => {
          const wake = () => {
            signal.removeEventListener('abort', wake);
            resolve();
          };
          waiting.push(wake);
          signal.addEventListener('abort', wake);
        });
      }
      signal.throwIfAborted();
      return Array.from({ length: Math.min(wanted, free) }, enter);
    },
  };
}
