import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';

export interface RawServer {
  host: string;
  /** Sockets that are open. */
  open(): number;
  close(): Promise<void>;
}

/**
 * Starts a server that writes to its sockets whatever it likes: for answers that no HTTP library would send.
 *
 * @param answer called once a request's head has come.
 */
export async function startRawServer(answer: (socket: Socket, head: string) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // The reader hangs up on most of what is sent here.
    socket.on('error', () => socket.destroy());
    socket.once('data', (head) => answer(socket, head.toString('latin1')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => sockets.size,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** Writes a chunk again and again, as fast as it is taken, until the other side hangs up. */
export function pour(socket: Socket, chunk: string | Uint8Array): void {
  const more = () => {
    while (!socket.destroyed && socket.write(chunk));
  };
  socket.on('drain', more);
  more();
}
