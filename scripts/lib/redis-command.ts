import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** What Redis answered, or why it did not. */
export type RedisReply = { ok: string } | { refused: string } | { unreachable: string };

/**
 * Sends one command to Redis and reads the first line of its answer. For looking whether a server can be used,
 * where a client that keeps on reconnecting is of no help.
 *
 * @param url `redis:` or `rediss:`, with user, password and database as usual.
 * @param command such as `['PING']`.
 */
export function sendRedis(url: string, command: string[], timeoutMs = 5000): Promise<RedisReply> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const database = pathname.slice(1);
  const commands = [
    ...(password
      ? [['AUTH', ...(username ? [decodeURIComponent(username)] : []), decodeURIComponent(password)]]
      : []),
    ...(database ? [['SELECT', database]] : []),
    command,
  ];
  const target = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 6379) };
  return new Promise((resolve) => {
    const socket: Socket =
      protocol === 'rediss:' ? connectTls({ ...target, servername: target.host }) : connect(target);
    const settle = (reply: RedisReply) => {
      socket.destroy();
      resolve(reply);
    };
    let text = '';
    socket.setEncoding('utf8').setTimeout(timeoutMs);
    socket.on('timeout', () => settle({ unreachable: `no answer in ${timeoutMs / 1000} s` }));
    socket.on('error', (error) => settle({ unreachable: reasonOf(error) }));
    socket.on('close', () => settle({ unreachable: 'it closed the connection' }));
    socket.on('data', (chunk) => {
      text += chunk;
      const reply = readReplies(text, commands.length);
      if (reply) settle(reply);
    });
    socket.write(commands.map(encode).join(''));
  });
}

function encode(command: string[]): string {
  const parts = command.map((part) => `$${Buffer.byteLength(part)}\r\n${part}\r\n`);
  return `*${command.length}\r\n${parts.join('')}`;
}

/** Each of the commands sent here is answered with one line, which begins with + or :, or - for an error. */
function readReplies(text: string, expected: number): RedisReply | undefined {
  const lines = text.split('\r\n').slice(0, -1);
  const error = lines.find((line) => line.startsWith('-'));
  if (error) return { refused: error.slice(1) };
  const last = lines[expected - 1];
  return last === undefined ? undefined : { ok: last.slice(1) };
}

function reasonOf(error: Error): string {
  // Happy Eyeballs: the error of several addresses has no message of its own.
  if (error instanceof AggregateError) return String(Reflect.get(error, 'code') ?? error.errors[0]);
  return error.message;
}
