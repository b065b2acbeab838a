import { createHash, timingSafeEqual } from 'node:crypto';
import { isLoopbackHost, readEnv } from './env';

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Whether a request brings METRICS_TOKEN; how long the answer takes does not tell how much of it is right. */
function hasMetricsToken(authorization: string | null | undefined): boolean {
  const { METRICS_TOKEN } = readEnv();
  const given = /^Bearer (\S+)$/i.exec(authorization ?? '')?.[1];
  if (METRICS_TOKEN === undefined || given === undefined) return false;
  return timingSafeEqual(digest(given), digest(METRICS_TOKEN));
}

/**
 * Whether somebody may read the figures of a process: with METRICS_TOKEN from anywhere, without it from this machine.
 *
 * @param address of whoever asks.
 * @param trustsMachine false where others come from this machine, too: a web process behind a proxy.
 */
export function mayReadMetrics(
  authorization: string | null | undefined,
  address: string,
  trustsMachine: boolean,
): boolean {
  return hasMetricsToken(authorization) || (trustsMachine && isLoopbackHost(address));
}

/** Why not, in one sentence. */
export const METRICS_REFUSED = 'The figures are for who has METRICS_TOKEN (Authorization: Bearer).\n';
