import { isLoopbackHost, readEnv } from '@/lib/ops/env';

/** @returns where browsers find Tidings, without a slash at the end. */
export function readBaseAddress(): string {
  const { BASE_URL, PORT } = readEnv();
  return (BASE_URL ?? `http://localhost:${PORT}`).replace(/\/+$/, '');
}

/** Whether cookies are for encrypted connections only: always, but for a browser on this machine. */
export function usesTls(): boolean {
  const { protocol, hostname } = new URL(readBaseAddress());
  return protocol === 'https:' || !isLoopbackHost(hostname);
}

/** @returns the address of a page behind a one-time link. */
export function linkAddress(token: string): string {
  return `${readBaseAddress()}/welcome/${token}`;
}
