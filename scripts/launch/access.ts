import { type Env, isLoopbackHost } from '../../lib/ops/env';
import { StartError } from '../lib/start-error.mjs';

/**
 * Sees that signing in is safe where it is asked for. Without it, `AUTH=off` or a loopback address has said that nobody
 * else is to be kept out.
 *
 * @param env as the process has it.
 * @param makesKey whether SECRET_KEY is made before web starts.
 * @throws StartError, one sentence.
 */
export function refuseOpenDoor(
  env: Pick<Env, 'AUTH' | 'HOST'> & { BASE_URL?: string | undefined; SECRET_KEY?: Uint8Array | undefined },
  makesKey = false,
): void {
  if (env.AUTH === 'off') return;
  const lead = isLoopbackHost(env.HOST)
    ? 'AUTH=on'
    : `HOST=${env.HOST} lets other machines in, so that one has to sign in, which`;
  if (env.SECRET_KEY === undefined && !makesKey) {
    throw new StartError(
      `${lead} needs SECRET_KEY: set it to 32 random bytes, as \`openssl rand -base64 32\` prints them${orOff(env)}.`,
    );
  }
  if (env.BASE_URL === undefined) {
    if (isLoopbackHost(env.HOST)) return;
    throw new StartError(
      `${lead} needs BASE_URL: set it to the address that browsers use, such as https://reader.example.org${orOff(env)}.`,
    );
  }
  const { protocol, hostname } = new URL(env.BASE_URL);
  if (protocol === 'https:' || isLoopbackHost(hostname)) return;
  throw new StartError(
    `${lead} needs a BASE_URL that starts with https://: over ${env.BASE_URL} anybody on the way could read the password${orOff(env)}.`,
  );
}

function orOff({ HOST }: Pick<Env, 'HOST'>): string {
  return isLoopbackHost(HOST)
    ? ''
    : ', or AUTH=off if everybody who can reach it may use it, or HOST=127.0.0.1';
}

/** @returns why a port could not be had, in one sentence. */
export function explainPort(setting: string, port: number, host: string, code: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${port} on ${host} is taken by another program: end that one, or set ${setting} to another port.`;
    case 'EACCES':
      return `Port ${port} may only be used by root: set ${setting} to one above 1023.`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is no address of this machine: set HOST to 127.0.0.1, or to one that is.`;
    default:
      return `Port ${port} on ${host} cannot be used (${code}): set ${setting} or HOST.`;
  }
}

/** @returns how a browser on this machine gets there. */
export function localAddress(host: string, port: number): string {
  const everywhere = ['0.0.0.0', '::', '[::]', '127.0.0.1', 'localhost'].includes(host);
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host.replace(/^\[|\]$/g, '')}]` : host;
  return `http://${name}:${port}`;
}

/** @returns where a server that listens on `host` answers, without looking up a name. */
export function probeAddress(host: string, port: number): string {
  const bare = host.replace(/^\[|\]$/g, '');
  const target = bare === '0.0.0.0' ? '127.0.0.1' : bare === '::' ? '::1' : bare;
  return `http://${target.includes(':') ? `[${target}]` : target}:${port}`;
}
