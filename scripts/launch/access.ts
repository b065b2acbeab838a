import { type Env, isLoopbackHost } from '../../lib/ops/env';
import { StartError } from '../lib/start-error.mjs';

/**
 * Keeps a reader without accounts from being open to others by accident.
 *
 * @throws StartError unless it is reachable from this machine only, or `AUTH=off` says that this is meant.
 */
export function refuseOpenDoor(env: Pick<Env, 'AUTH' | 'HOST'>): void {
  if (env.AUTH === 'off') return;
  throw new StartError(
    isLoopbackHost(env.HOST)
      ? 'AUTH=on needs accounts, which this version does not have yet: leave AUTH out, or set AUTH=off.'
      : `HOST=${env.HOST} lets other machines in, and this version has no accounts yet: set AUTH=off if everybody who can reach it may use it, or HOST=127.0.0.1.`,
  );
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
