import type { Dispatcher } from 'undici';
import type { ResponseHeaders } from './headers';
import { measure } from './interceptors';
import type { Meter } from './meter';
import { isRedirect } from './redirect';

/** What is read of an answer that is no document: enough to tell a challenge by it. */
const MAX_EVIDENCE = 65_536;

/** One request and its answer. */
export interface Exchange {
  status: number;
  headers: ResponseHeaders;
  /** The whole body of a success; the start of one that tells of a failure. */
  bytes: Uint8Array;
}

export interface ExchangeOptions {
  url: URL;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Knows how far the request came, also when it breaks. */
  meter: Meter;
  /** Called when the request has a connection. */
  onStart: () => void;
  /** Called when the server has begun to answer, with something else than another address. */
  onHeaders: () => void;
}

/** The start of a body; leaving the loop closes its connection. */
async function readStart(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= MAX_EVIDENCE) break;
    }
  } catch {
    // The status has said already that this failed: whatever came of the body will do.
  }
  return Buffer.concat(chunks).subarray(0, MAX_EVIDENCE);
}

async function readBody(status: number, body: Dispatcher.ResponseData['body']): Promise<Uint8Array> {
  if (status >= 200 && status < 300) return new Uint8Array(await body.arrayBuffer());
  if (!isRedirect(status) && status !== 304) return readStart(body);
  // Read no further than the connection needs to be used again.
  await body.dump();
  return new Uint8Array();
}

/**
 * Makes one request and reads its answer to the end.
 *
 * @param dispatcher unpacks and bounds the body.
 * @throws undici's and Node's own errors (see `classifyError`), or the signal's reason.
 */
export async function exchange(dispatcher: Dispatcher, options: ExchangeOptions): Promise<Exchange> {
  const observed = dispatcher.compose(measure(options.meter, options.onStart));
  const { statusCode, headers, body } = await observed.request({
    origin: options.url.origin,
    path: options.url.pathname + options.url.search,
    method: 'GET',
    headers: options.headers,
    signal: options.signal,
  });
  if (!isRedirect(statusCode)) options.onHeaders();
  return { status: statusCode, headers, bytes: await readBody(statusCode, body) };
}
