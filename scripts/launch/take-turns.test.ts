import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { eventually } from '../../test/support/eventually';
import { TURN_MS, takeTurns } from './take-turns';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A server that answers when it is told to, and what it has begun to work on. */
async function startServer(turnMs?: number) {
  const working: { url: string; response: ServerResponse }[] = [];
  server = createServer(
    takeTurns(({ url = '' }, response) => {
      working.push({ url, response });
    }, turnMs),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const send = (method: string, path: string) => {
    const sent = request({ port, host: '127.0.0.1', method, path, agent: false });
    const answered = once(sent, 'response').then(([answer]) => answer.resume());
    sent.end();
    return { sent, answered };
  };
  const begun = (...urls: string[]) =>
    eventually(async () => {
      const all = working.map(({ url }) => url);
      return all.length === urls.length ? all : null;
    }, `${urls.length} requests at work`).then((all) => expect(all).toEqual(urls));
  const isAtWork = (url: string) => working.some((work) => work.url === url);
  const finish = (url: string) => working.find((work) => work.url === url)?.response.end('done');
  const connections = (count: number) =>
    eventually(async () => {
      const open = await new Promise((resolve) => server.getConnections((_error, number) => resolve(number)));
      return open === count || null;
    }, `${count} connections`);
  return { send, begun, isAtWork, finish, connections };
}

it('works on one submission at a time, in the order they came', async () => {
  const { send, begun, finish } = await startServer();
  const one = send('POST', '/1');
  await begun('/1');
  const two = send('POST', '/2');
  // Reading goes ahead of what waits; by the time it is answered, the second has come and waits.
  const page = send('GET', '/page');
  await begun('/1', '/page');
  finish('/page');
  await page.answered;
  await begun('/1', '/page');
  finish('/1');
  await one.answered;
  await begun('/1', '/page', '/2');
  finish('/2');
  await two.answered;
});

it('begins no submission while a page is worked on, but does not wait for it for ever', async () => {
  const { send, begun, finish } = await startServer();
  const quick = send('GET', '/quick');
  await begun('/quick');
  const one = send('POST', '/1');
  const look = send('GET', '/look');
  await begun('/quick', '/look');
  finish('/look');
  await look.answered;
  await begun('/quick', '/look');
  finish('/quick');
  await begun('/quick', '/look', '/1');
  finish('/1');
  await Promise.all([quick.answered, one.answered]);
  // This one is never answered while the submission waits.
  const slow = send('GET', '/slow');
  await begun('/quick', '/look', '/1', '/slow');
  const two = send('POST', '/2');
  await begun('/quick', '/look', '/1', '/slow', '/2');
  finish('/2');
  await two.answered;
  finish('/slow');
  await slow.answered;
});

it('lets submissions begin after a while, however many people read', async () => {
  const { send, isAtWork, finish } = await startServer();
  const pages: { url: string; answered: Promise<unknown> }[] = [];
  // There is always a page that has just come.
  const read = async () => {
    const url = `/page-${pages.length}`;
    pages.push({ url, ...send('GET', url) });
    await eventually(() => isAtWork(url), url);
  };
  const readUntil = async (url: string) => {
    const end = performance.now() + 5000;
    while (!isAtWork(url) && performance.now() < end) await read();
    expect(isAtWork(url)).toBe(true);
  };
  await read();
  const first = send('POST', '/1');
  await readUntil('/1');
  // This one comes while the first is worked on.
  const second = send('POST', '/2');
  await read();
  finish('/1');
  await readUntil('/2');
  for (const url of ['/2', ...pages.map(({ url }) => url)]) finish(url);
  await Promise.all([first, second, ...pages].map(({ answered }) => answered));
});

it('does not work for somebody who has gone', async () => {
  const { send, begun, finish, connections } = await startServer();
  const one = send('POST', '/1');
  await begun('/1');
  const gone = send('POST', '/gone');
  gone.answered.catch(() => undefined);
  const page = send('GET', '/page');
  await begun('/1', '/page');
  finish('/page');
  await page.answered;
  gone.sent.destroy();
  await connections(1);
  const last = send('POST', '/last');
  finish('/1');
  await begun('/1', '/page', '/last');
  finish('/last');
  await Promise.all([one, last].map(({ answered }) => answered));
});

it('goes on after a submission that hangs, and has it count no more when it ends after all', async () => {
  const { send, begun, finish } = await startServer(TURN_MS);
  const hangs = send('POST', '/hangs');
  await begun('/hangs');
  const two = send('POST', '/2');
  await begun('/hangs', '/2');
  const three = send('POST', '/3');
  finish('/hangs');
  await hangs.answered;
  const page = send('GET', '/page');
  await begun('/hangs', '/2', '/page');
  finish('/page');
  await page.answered;
  finish('/2');
  await begun('/hangs', '/2', '/page', '/3');
  finish('/3');
  await Promise.all([two.answered, three.answered]);
});
