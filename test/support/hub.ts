import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { SELF_SIGNED } from '../fixtures/self-signed';

/** A request as the hub got it. */
interface HubAsked {
  mode: string;
  topic: string;
  callback: string;
  leaseSeconds: string | null;
  secret: string | null;
}

/** What the hub does with a request. */
interface HubBehaviour {
  /** Seconds that it grants; as asked for unless told. */
  lease?: number;
  /** Verifies another topic than the one that was asked for. */
  verifies?: string;
  /** Says that it will not, instead of verifying. */
  denies?: string;
  /** Answers so, and does nothing else. */
  status?: number;
  location?: string;
}

export interface TestHub {
  origin: string;
  /** Where subscriptions are asked for. */
  url: string;
  asked: HubAsked[];
  /** What callbacks have answered to verifications. */
  answers: { status: number; body: string }[];
  behave(behaviour: HubBehaviour): void;
  /** Whether anybody has subscribed to a topic, and confirmed it. */
  serves(topic: string): boolean;
  /** Distributes content to whoever has subscribed to a topic; signed where a secret was given. */
  publish(
    topic: string,
    body: string,
    options?: { method?: string; secret?: string | null },
  ): Promise<number[]>;
  /** Verifies towards a callback, whether or not anybody asked. */
  verify(callback: string, parameters: Record<string, string>): Promise<{ status: number; body: string }>;
  close(): Promise<void>;
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return new URLSearchParams(body);
}

const CHALLENGE = 'as-said-by-the-hub';

/** The hub's side of WebSub, as a server on loopback: asks back, keeps leases, signs what it distributes. */
export async function startHub({ tls = false } = {}): Promise<TestHub> {
  const asked: HubAsked[] = [];
  const answers: TestHub['answers'] = [];
  const subscribers = new Map<string, { callback: string; secret: string | null }[]>();
  let behaviour: HubBehaviour = {};

  const verify: TestHub['verify'] = async (callback, parameters) => {
    const url = new URL(callback);
    for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
    const response = await fetch(url);
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
    const { status = 202, location, ...rest } = behaviour;
    // One that sends elsewhere does so from one place only.
    const redirects = location !== undefined && request.url === '/hub';
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
    url: `${origin}/hub`,
    asked,
    answers,
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
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
