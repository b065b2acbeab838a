import { createFetcher, type Fetcher, type FetcherOptions } from '@/lib/net/fetch-feed';
import { createPoster, type Poster } from '@/lib/net/post-form';
import type { Env } from '@/lib/ops/env';

/** How this reader names itself to the servers it asks, with an address to learn more or to complain at. */
function sayUserAgent({ BASE_URL, HOST, PORT }: Env): string {
  return `Tidings/0.1 (feed reader; +${BASE_URL ?? `http://${HOST}:${PORT}/`})`;
}

/** The limits and the proxies of the settings. */
function describeFetches(env: Env): FetcherOptions {
  const { HTTP_PROXY = '', HTTPS_PROXY = '', NO_PROXY } = env;
  const proxied = HTTP_PROXY !== '' || HTTPS_PROXY !== '';
  return {
    userAgent: sayUserAgent(env),
    connectTimeoutMs: Math.min(env.FETCH_CONNECT_TIMEOUT_MS, env.FETCH_TIMEOUT_MS),
    totalTimeoutMs: env.FETCH_TIMEOUT_MS,
    idleTimeoutMs: env.FETCH_IDLE_TIMEOUT_MS,
    maxBytes: env.FETCH_MAX_BYTES,
    maxHeaderBytes: env.FETCH_MAX_HEADER_BYTES,
    maxRedirects: env.FETCH_MAX_REDIRECTS,
    allowNetworks: env.FETCH_ALLOW_NETWORKS,
    proxy: proxied ? { http: HTTP_PROXY, https: HTTPS_PROXY, except: NO_PROXY } : undefined,
  };
}

/** Opens what feeds are fetched through. */
export function openFetcher(env: Env): Fetcher {
  return createFetcher(describeFetches(env));
}

/** Opens what hubs are asked through. */
export function openPoster(env: Env): Poster {
  return createPoster(describeFetches(env));
}
