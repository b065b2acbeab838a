import { createServer } from 'node:net';

/**
 * Tries to listen on a port for a moment.
 *
 * @param {number} port 0 for any free one
 * @param {string} host
 * @returns {Promise<{ port: number } | { code: string }>} the port that was free, or why it could not be had
 *   (`EADDRINUSE`, `EACCES`, `EADDRNOTAVAIL` …).
 */
export function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.on('error', (error) => resolve({ code: 'code' in error ? String(error.code) : error.message }));
    server.listen({ port, host: host.replace(/^\[|\]$/g, ''), exclusive: true }, () => {
      const address = server.address();
      const free = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => resolve({ port: free }));
    });
  });
}

/**
 * @param {string} [host]
 * @returns {Promise<number>} a port that nobody listens on now.
 */
export async function freePort(host = '127.0.0.1') {
  const found = await tryPort(0, host);
  if ('code' in found) throw new Error(`no free port on ${host}: ${found.code}`);
  return found.port;
}
