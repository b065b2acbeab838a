import type { Dispatcher } from 'undici';
import { findObstacle } from './guard';
import type { Meter } from './meter';

type Interceptor = Dispatcher.DispatcherComposeInterceptor;

/** Interim answers that are put up with: Continue, Processing, some Early Hints. */
const MAX_INTERIM = 10;

/** An answer that only ever promises one: the request ends with `bad-response`. */
class EndlessInterimError extends Error {
  override name = 'EndlessInterimError';
  readonly code = 'HPE_INTERIM';
}

/** A handler's methods live on its prototype, where a spread does not find them. */
function bindHandler(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  return {
    onRequestStart: (...args) => handler.onRequestStart?.(...args),
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  };
}

/** Keeps a meter of a request: undici's pool connects unseen, and an answer that breaks off is told by its error alone. */
export function measure(meter: Meter, onStart: () => void): Interceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      ...bindHandler(handler),
      onRequestStart(controller, context) {
        meter.start();
        onStart();
        handler.onRequestStart?.(controller, context);
      },
      onResponseStart(controller, status, headers, message) {
        meter.answer(status);
        handler.onResponseStart?.(controller, status, headers, message);
      },
      onResponseData(controller, chunk) {
        meter.receive(chunk.length);
        handler.onResponseData?.(controller, chunk);
      },
    });
}

/**
 * Keeps interim answers (RFC 9110 section 15.2) from the handlers above: undici's own take the second answer to a
 * request for a bug.
 */
export const skipInterim: Interceptor = (dispatch) => (options, handler) => {
  let skipped = 0;
  return dispatch(options, {
    ...bindHandler(handler),
    onResponseStart(controller, status, headers, message) {
      if (status >= 200) return handler.onResponseStart?.(controller, status, headers, message);
      skipped += 1;
      if (skipped > MAX_INTERIM) controller.abort(new EndlessInterimError('interim answers without end'));
    },
  });
};

/** Refuses what must not be reached before anybody is asked to: a proxy would dial it for us. */
export function refuseUnreachable(allowNetworks: string[]): Interceptor {
  return (dispatch) => (options, handler) => {
    const { protocol, hostname, port } = new URL(String(options.origin));
    const obstacle = findObstacle(protocol, hostname, port, allowNetworks);
    if (obstacle !== null) throw obstacle;
    return dispatch(options, handler);
  };
}
