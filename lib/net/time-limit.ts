/** A time that runs once it is started: waiting for a connection to a busy host is not the host's fault. */
export interface TimeLimit {
  signal: AbortSignal;
  start: () => void;
  end: () => void;
}

/** @returns a limit whose signal ends with a TimeoutError. */
export function limitTime(milliseconds: number): TimeLimit {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    start() {
      timer ??= setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), milliseconds);
    },
    end: () => clearTimeout(timer),
  };
}
