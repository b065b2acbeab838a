import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { log } from '@/lib/ops/log';
import { METRICS_REFUSED, mayReadMetrics } from '@/lib/ops/metrics-access';
import { checkReady } from '@/lib/service/check-ready';
import { tellFigures } from '@/lib/service/tell-figures';

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  switch (request.url?.split('?')[0]) {
    case '/healthz':
      response.writeHead(200, { 'content-type': 'text/plain' }).end('ok\n');
      return;
    case '/readyz': {
      const readiness = await checkReady();
      const status = readiness.ready ? 200 : 503;
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(readiness));
      return;
    }
    case '/metrics': {
      if (!mayReadMetrics(request.headers.authorization, request.socket.remoteAddress ?? '', true)) {
        response.writeHead(401, { 'www-authenticate': 'Bearer' }).end(METRICS_REFUSED);
        return;
      }
      const { body, contentType } = await tellFigures();
      response.writeHead(200, { 'content-type': contentType }).end(body);
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

/**
 * Serves /healthz, /readyz and /metrics for this worker. A taken port is no reason not to work: several workers
 * on one machine get a free one each.
 *
 * @param port 0 for any free one.
 * @returns the port, and how to stop.
 */
export async function startHealthServer(
  host: string,
  port: number,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.warn({ err: error }, 'health server');
      response.destroy();
    });
  });
  const taken = (error: unknown) => {
    log.warn({ err: error, port }, 'The health port is taken: another one is used.');
    return listen(server, host, 0);
  };
  const bound = await listen(server, host, port).catch(taken);
  return {
    port: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
