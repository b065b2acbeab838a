import { headers } from 'next/headers';
import { ADDRESS_HEADER, PATH_HEADER } from './request-headers';

/** @returns the address that the request at hand comes from. */
export async function readClientAddress(): Promise<string> {
  return (await headers()).get(ADDRESS_HEADER) ?? 'unknown';
}

/** @returns path and query of the page that is asked for. */
export async function readRequestPath(): Promise<string> {
  return (await headers()).get(PATH_HEADER) ?? '/';
}
