/** A second signal sooner than this is the same Ctrl-C: npm passes on what the terminal has sent to both. */
const sameKeyMs = 500;

/**
 * Listens for a wish to stop: Ctrl-C, a service manager, a closed terminal.
 *
 * @returns {{ stop: AbortSignal, hurry: AbortSignal }} `hurry` comes with a second Ctrl-C.
 */
export function listenForStop() {
  const stop = new AbortController();
  const hurry = new AbortController();
  let since = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      if (!stop.signal.aborted) {
        since = Date.now();
        stop.abort();
      } else if (Date.now() - since > sameKeyMs) hurry.abort();
    });
  }
  return { stop: stop.signal, hurry: hurry.signal };
}
