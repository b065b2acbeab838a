import type { Dispatcher } from 'undici';
import type { ResponseHeaders } from './headers';

/** One request and its whole answer. */
export interface Exchange {
  status: number;
  headers: ResponseHeaders;
  bytes: Uint8Array;
  connectMs: number;
  waitMs: number;
  downloadMs: number;
}

export interface ExchangeOptions {
  url: URL;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Called when the request has a connection. */
  onStart: () => void;
  /** Called when the server has begun to answer. */
  onHeaders: () => void;
}

/** Reports when a request goes onto its socket: undici's pool connects unseen. */
function observeStart(onStart: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      ...bindHandler(handler),
      onRequestStart(controller, context) {
        onStart();
        handler.onRequestStart?.(controller, context);
      },
    });
}

/** A handler's methods live on its prototype, where a spread does not find them. */
function bindHandler(handler: Dispatcher.DispatchHandler): Dispatcher.DispatchHandler {
  return {
    onRequestUpgrade: (...args) => handler.onRequestUpgrade?.(...args),
    onResponseStart: (...args) => handler.onResponseStart?.(...args),
    onResponseData: (...args) => handler.onResponseData?.(...args),
    onResponseEnd: (...args) => handler.onResponseEnd?.(...args),
    onResponseError: (...args) => handler.onResponseError?.(...args),
  };
}

/**
 * Makes one request and reads its answer to the end.
 *
 * @param dispatcher unpacks and bounds the body.
 * @throws undici's and Node's own errors (see `classifyError`), or the signal's reason.
 */
export async function exchange(dispatcher: Dispatcher, options: ExchangeOptions): Promise<Exchange> {
  const begun = performance.now();
  let connected = begun;
  const observed = dispatcher.compose(
    observeStart(() => {
      connected = performance.now();
      options.onStart();
    }),
  );
  const { statusCode, headers, body } = await observed.request({
    origin: options.url.origin,
    path: options.url.pathname + options.url.search,
    method: 'GET',
    headers: options.headers,
    signal: options.signal,
  });
  const answered = performance.now();
  options.onHeaders();
  const wanted = statusCode >= 200 && statusCode < 300;
  const bytes = wanted ? new Uint8Array(await body.arrayBuffer()) : new Uint8Array();
  // What comes with a redirect or an error is read no further than the connection needs to be used again.
  if (!wanted) await body.dump();
  return {
    status: statusCode,
    headers,
    bytes,
    connectMs: Math.round(connected - begun),
    waitMs: Math.round(answered - connected),
    downloadMs: Math.round(performance.now() - answered),
  };
}
