/** Whoever wants to know that something has changed. */
export interface Signal {
  subscribe: (listener: () => void) => () => void;
  emit: () => void;
}

/** @returns a signal that nobody listens to yet. */
export function makeSignal(): Signal {
  const listeners = new Set<() => void>();
  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit() {
      for (const listener of [...listeners]) listener();
    },
  };
}
