import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SELF_SIGNED } from '../fixtures/self-signed';

/** A request as the hub got it. */
export interface HubAsked {
  mode: string;
  topic: string;
  callback: string;
  leaseSeconds: string | null;
  secret: string | null;
}

/** What the hub does with a request. */
export interface HubBehaviour {
  /** Seconds that it grants; as asked for unless told. */
  lease?: number;
  /** Verifies another topic than the one that was asked for. */
  verifies?: string;
  /** Says that it will not, instead of verifying. */
  denies?: string;
  /** Answers so, and does nothing else. */
  status?: number;
  location?: string;
  /** Asks to be left alone for so many seconds. */
  retryAfter?: number;
}

/** What a callback has answered. */
export interface CallbackAnswer {
  status: number;
  body: string;
}

export interface PublishOptions {
  /** The hash to sign with. */
  method?: string;
  /** The key to sign with, or null for no signature; that of the subscription unless told. */
  secret?: string | null;
}

/** The hub's side of WebSub, and what a test may want of it. Everything can be said in JSON. */
export interface HubServer {
  origin: string;
  /** The requests that came, in order. */
  asked(): HubAsked[];
  /** What callbacks have answered to verifications. */
  answers(): CallbackAnswer[];
  behave(behaviour: HubBehaviour): void;
  /** Whether anybody has subscribed to a topic, and confirmed it. */
  serves(topic: string): boolean;
  /** Distributes content to whoever has subscribed to a topic; signed where a secret was given. */
  publish(topic: string, body: string, options?: PublishOptions): Promise<number[]>;
  /** Verifies towards a callback, whether or not anybody asked. */
  verify(callback: string, parameters: Record<string, string>): Promise<CallbackAnswer>;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return new URLSearchParams(body);
}

const CHALLENGE = 'as-said-by-the-hub';

/** Opens a hub on loopback, which asks back, keeps leases, and signs what it distributes, until its process ends. */
export async function openHub({ tls = false } = {}): Promise<HubServer> {
  const asked: HubAsked[] = [];
  const answers: CallbackAnswer[] = [];
  const subscribers = new Map<string, { callback: string; secret: string | null }[]>();
  let behaviour: HubBehaviour = {};

  const verify: HubServer['verify'] = async (callback, parameters) => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const response = await fetch(url, { headers: { connection: 'close' } });
    const answer = { status: response.status, body: await response.text() };
    answers.push(answer);
    return answer;
  };

  const settle = async (request: HubAsked, { lease, verifies, denies }: HubBehaviour) => {
    const { mode, callback, secret } = request;
    const topic = verifies ?? request.topic;
    if (denies !== undefined) {
      await verify(callback, { 'hub.mode': 'denied', 'hub.topic': topic, 'hub.reason': denies });
      return;
    }
    const { status, body } = await verify(callback, {
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.challenge': CHALLENGE,
      ...(mode === 'subscribe' && { 'hub.lease_seconds': String(lease ?? request.leaseSeconds) }),
    });
    if (status !== 200 || body !== CHALLENGE) return;
    const others = (subscribers.get(topic) ?? []).filter((other) => other.callback !== callback);
    subscribers.set(topic, mode === 'subscribe' ? [...others, { callback, secret }] : others);
  };

  const listener: RequestListener = async (request, response) => {
    const form = await readForm(request);
    const { status = 202, location, retryAfter, ...rest } = behaviour;
    // One that sends elsewhere does so from one place only.
    const redirects = location !== undefined && request.url === '/hub';
    if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
    response.writeHead(redirects || status !== 307 ? status : 202, redirects ? { location } : {}).end();
    if (redirects || (status >= 300 && status !== 307)) return;
    const entry = {
      mode: form.get('hub.mode') ?? '',
      topic: form.get('hub.topic') ?? '',
      callback: form.get('hub.callback') ?? '',
      leaseSeconds: form.get('hub.lease_seconds'),
      secret: form.get('hub.secret'),
    };
    asked.push(entry);
    await settle(entry, rest);
  };

  const server = tls ? createTlsServer(SELF_SIGNED, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    asked: () => asked,
    answers: () => answers,
    behave(next) {
      behaviour = next;
    },
    serves: (topic) => (subscribers.get(topic) ?? []).length > 0,
    publish: (topic, body, { method = 'sha256', secret } = {}) =>
      Promise.all(
        (subscribers.get(topic) ?? []).map(async (subscriber) => {
          const key = secret === undefined ? subscriber.secret : secret;
          const signature = key && `${method}=${createHmac(method, key).update(body).digest('hex')}`;
          const response = await fetch(subscriber.callback, {
            method: 'POST',
            body,
            headers: {
              'content-type': 'application/rss+xml',
              // Of a push that is too long, the rest is thrown away with its connection.
              connection: 'close',
              ...(signature && { 'x-hub-signature': signature }),
            },
          });
          return response.status;
        }),
      ),
    verify,
  };
}
