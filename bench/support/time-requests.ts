import { Agent, request } from 'undici';

/** One connection: requests are one at a time, as somebody's who reads. */
const oneAtATime = new Agent({ connections: 1, pipelining: 1 });

export interface Answered {
  ms: number;
  status: number;
  /** As they came over the wire. */
  bytes: number;
  body: string;
}

/** Sends one request, and reads the answer to its end. */
export async function timeRequest(
  url: string,
  { method = 'GET', body }: { method?: string; body?: unknown } = {},
  dispatcher: Agent = oneAtATime,
): Promise<Answered> {
  const begun = performance.now();
  const answer = await request(url, {
    method: method as 'GET',
    dispatcher,
    headers: {
      'accept-encoding': 'gzip',
      ...(body !== undefined && { 'content-type': 'application/json', origin: new URL(url).origin }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  const ms = performance.now() - begun;
  const text = answer.headers['content-encoding'] === 'gzip' ? await unzip(bytes) : bytes.toString('utf8');
  if (answer.statusCode >= 400)
    throw new Error(`${method} ${url}: ${answer.statusCode} ${text.slice(0, 200)}`);
  return { ms, status: answer.statusCode, bytes: bytes.length, body: text };
}

async function unzip(bytes: Buffer): Promise<string> {
  const { gunzipSync } = await import('node:zlib');
  return gunzipSync(bytes).toString('utf8');
}

/** @returns how many requests a second are answered, so many at a time, over some seconds. */
export async function measureThroughput(url: string, atATime: number, seconds: number): Promise<number> {
  const dispatcher = new Agent({ connections: atATime, pipelining: 1 });
  const end = performance.now() + seconds * 1000;
  let answered = 0;
  const begun = performance.now();
  await Promise.all(
    Array.from({ length: atATime }, async () => {
      while (performance.now() < end) {
        await timeRequest(url, {}, dispatcher);
        answered += 1;
      }
    }),
  );
  const taken = (performance.now() - begun) / 1000;
  await dispatcher.close();
  return Math.round(answered / taken);
}
