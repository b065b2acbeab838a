import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A message of PostgreSQL's protocol (version 3): its kind, its length, and what it says. */
function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind, 0, 'latin1');
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
const LET_IN = message('R', Buffer.alloc(4));
const READY = message('Z', Buffer.from('I'));
const STOPPING = message(
  'E',
  Buffer.from('SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'),
);

let server: Server;
let entered = 0;

beforeAll(async () => {
  // A server that is stopping: in one packet, it lets a connection in and ends it.
  server = createServer((socket: Socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      entered += 1;
      socket.end(Buffer.concat([LET_IN, READY, STOPPING]));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  process.env.DATABASE_URL = `postgresql://nobody@127.0.0.1:${port}/none`;
  for (const name of ['BASE_URL', 'REDIS_URL']) delete process.env[name];
  process.env.LOG_LEVEL = 'silent';
});
afterAll(async () => {
  const { stopProducer } = await import('@/lib/queue/producer');
  const { closeStore } = await import('@/lib/store/client');
  await Promise.all([stopProducer(), closeStore()]);
  server.close();
});

// An error that nobody listens to ends a process: vitest calls that a failure, whatever the tests say.
it.each([
  [
    'a transaction of fetching',
    async () => {
      const { inBulkTransaction } = await import('@/lib/store/bulk-client');
      return inBulkTransaction(async () => undefined);
    },
  ],
  [
    'a transaction of Prisma',
    async () => {
      const { openStore } = await import('@/lib/store/client');
      return openStore().$transaction(async (tx) => tx.user.count());
    },
  ],
  [
    'a job',
    async () => {
      const { enqueueFetches } = await import('@/lib/queue/producer');
      if (!(await enqueueFetches([1]))) throw new Error('It could not be enqueued.');
    },
  ],
])(
  'a connection that breaks as it is made fails what wanted it, and nothing else: %s',
  async (_what, work) => {
    const before = entered;
    await expect(work()).rejects.toThrow();
    expect(entered).toBeGreaterThan(before);
  },
);
