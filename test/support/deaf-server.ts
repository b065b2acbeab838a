import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A second try comes after a second: what is not let in by then will not be. */
const SILENT_MS = 500;

const PROGRAM = `require('node:net').createServer()
  .listen({ host: process.argv[1], port: Number(process.argv[2]), backlog: 1 }, () => process.send('listening'))`;

/** @returns a connection; null when nobody answers. */
function dial(host: string, port: number): Promise<Socket | null> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port }, () => resolve(socket));
    socket.setTimeout(SILENT_MS, () => {
      if (socket.connecting) socket.destroy();
      resolve(null);
    });
    socket.on('error', reject);
  });
}

/**
 * Starts what is like no server at all: who dials it gets no answer, not even that nobody is there, as behind a network
 * that has gone. It is a process that has been stopped, and whose few places for those who knock are taken.
 *
 * @returns how to end it.
 */
export async function startDeafServer(host: string, port: number): Promise<() => Promise<void>> {
  const child = spawn(process.execPath, ['-e', PROGRAM, host, String(port)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  child.kill('SIGSTOP');
  const waiting: Socket[] = [];
  for (let socket = await dial(host, port); socket !== null; socket = await dial(host, port))
    waiting.push(socket);
  return async () => {
    for (const socket of waiting) socket.destroy();
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  };
}
