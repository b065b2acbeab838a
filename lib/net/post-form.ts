import type { Dispatcher } from 'undici';
import type { Failure } from '@/lib/ops/fetch-error';
import { classifyError } from './classify-error';
import { createDispatcher } from './dispatcher';
import type { FetcherOptions } from './fetch-feed';
import { readLocation, readRetryAfter } from './headers';
import { refuseUnreachable } from './interceptors';
import { followRedirect, type Redirect } from './redirect';
import { limitTime } from './time-limit';

/** Of what a server says to a form, more than this is not read. */
const MAX_ANSWER_BYTES = 65_536;
/** Redirects that keep the method (RFC 9110 section 15.4.8 and .9); the others would make a GET of it. */
const REPEATED: ReadonlySet<number> = new Set([307, 308]);

type PostResult =
  | {
      kind: 'answered';
      status: number;
      text: string;
      /** Which address gave the answer. */
      url: string;
      /** Seconds, as far as the server asked for a pause; null where it did not. */
      retryAfter: number | null;
    }
  | { kind: 'failed'; failure: Failure };

export interface Poster {
  /**
   * Sends a form to another server. Every answer, and every failure of the network, is a value.
   *
   * @param signal ends the request early: the worker is stopping.
   * @param enter waits until a server may be asked, before each request.
   * @throws the reason of `signal` when that ended it, and what `enter` rejects with; anything else thrown is a bug.
   */
  post(
    url: string,
    form: Record<string, string>,
    signal: AbortSignal,
    enter: (host: string) => Promise<void>,
  ): Promise<PostResult>;
  close(): Promise<void>;
}

/** Opens the connections that forms are sent through: as guarded and as bounded as those of feeds. */
export function createPoster(options: FetcherOptions): Poster {
  const agent = createDispatcher({ ...options, maxBytes: MAX_ANSWER_BYTES });
  const dispatcher = agent.compose(refuseUnreachable(options.allowNetworks));
  return {
    async post(address, form, signal, enter) {
      const limit = limitTime(options.totalTimeoutMs);
      const redirects: Redirect[] = [];
      let url = new URL(address);
      try {
        for (;;) {
          limit.pause();
          await enter(url.host);
          limit.start();
          const signals = AbortSignal.any([signal, limit.signal]);
          const { answer, location } = await send(dispatcher, options.userAgent, url, form, signals);
          if (!REPEATED.has(answer.status)) return answer;
          redirects.push({ from: url.href, status: answer.status });
          const next = followRedirect(url, redirects, location, options.maxRedirects);
          if ('code' in next) return { kind: 'failed', failure: next };
          url = next;
        }
      } catch (error) {
        const failure = classifyError(error, url.host, options.proxy !== undefined);
        if (failure === null || signal.aborted) throw error;
        return { kind: 'failed', failure };
      } finally {
        limit.end();
      }
    },
    close: () => agent.destroy(),
  };
}

async function send(
  dispatcher: Dispatcher,
  userAgent: string,
  url: URL,
  form: Record<string, string>,
  signal: AbortSignal,
) {
  const { statusCode, headers, body } = await dispatcher.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'POST',
    headers: { 'user-agent': userAgent, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
    signal,
  });
  const text = await body.text();
  const retryAfter = readRetryAfter(headers, Date.now());
  const answer = { kind: 'answered' as const, status: statusCode, text, url: url.href, retryAfter };
  return { answer, location: readLocation(headers) };
}
