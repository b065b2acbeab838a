/** A time that runs once it is started, and can be paused: waiting for a turn is not the fault of whoever is asked then. */
export interface TimeLimit {
  signal: AbortSignal;
  start: () => void;
  /** Stops the clock until the next start. */
  pause: () => void;
  end: () => void;
}

/** @returns a limit whose signal ends with a TimeoutError. */
export function limitTime(milliseconds: number): TimeLimit {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let left = milliseconds;
  let startedAt = 0;
  return {
    signal: controller.signal,
    start() {
      if (timer !== undefined) return;
      startedAt = performance.now();
      timer = setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), left);
    },
    pause() {
      if (timer === undefined) return;
      clearTimeout(timer);
      timer = undefined;
      left = Math.max(0, left - (performance.now() - startedAt));
    },
    end: () => clearTimeout(timer),
  };
}
