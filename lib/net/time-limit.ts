/** A time that runs once it is started: waiting for a connection to a busy host is not the host's fault. */
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
