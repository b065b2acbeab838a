import { once } from 'node:events';
import { createServer, request, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { eventually } from '../../test/support/eventually';
import { takeTurns } from './take-turns';

let server: Server;
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** A server that answers when it is told to, and what it has begun to work on. */
async function startServer() {
  const working: { url: string; response: ServerResponse }[] = [];
  server = createServer(
    takeTurns(({ url = '' }, response) => {
      working.push({ url, response });
    }),
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
  const finish = (url: string) => working.find((work) => work.url === url)?.response.end('done');
  const connections = (count: number) =>
    eventually(async () => {
      const open = await new Promise((resolve) => server.getConnections((_error, number) => resolve(number)));
      return open === count || null;
    }, `${count} connections`);
  return { send, begun, finish, connections };
}

it('works on two submissions at a time, in the order they came', async () => {
  const { send, begun, finish } = await startServer();
  const one = send('POST', '/1');
  await begun('/1');
  const two = send('POST', '/2');
  await begun('/1', '/2');
  const three = send('POST', '/3');
  // Reading goes ahead of what waits; by the time it is answered, the third has come and waits.
  const page = send('GET', '/page');
  await begun('/1', '/2', '/page');
  finish('/page');
  await page.answered;
  await begun('/1', '/2', '/page');
  finish('/1');
  await one.answered;
  await begun('/1', '/2', '/page', '/3');
  finish('/2');
  finish('/3');
  await Promise.all([two.answered, three.answered]);
});

it('does not work for somebody who has gone', async () => {
  const { send, begun, finish, connections } = await startServer();
  const one = send('POST', '/1');
  await begun('/1');
  const two = send('POST', '/2');
  await begun('/1', '/2');
  const gone = send('POST', '/gone');
  gone.answered.catch(() => undefined);
  const page = send('GET', '/page');
  await begun('/1', '/2', '/page');
  finish('/page');
  await page.answered;
  gone.sent.destroy();
  await connections(2);
  const last = send('POST', '/last');
  finish('/1');
  await begun('/1', '/2', '/page', '/last');
  for (const url of ['/2', '/last']) finish(url);
  await Promise.all([one, two, last].map(({ answered }) => answered));
});
