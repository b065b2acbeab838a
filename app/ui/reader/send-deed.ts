import type { Counts } from './counts';
import type { Deed } from './outbox-storage';

/** What the server answers. */
interface Told {
  counts?: Counts;
  undo?: string | null;
  marked?: number;
}

/** `refused`: it will never take it. */
export type Answer = { told: Told } | 'refused';

/** `later`: nobody is there, or it is not the time; `failing`: the server breaks, by what it was told or by itself. */
type Outcome = Answer | 'later' | 'failing';

const PATIENCE_MS = 20_000;

function toRequest(deed: Deed): [method: string, path: string, body: unknown] {
  const { kind, ...body } = deed;
  if (kind === 'mark') return ['PATCH', '/api/items', body];
  if (kind === 'all') return ['POST', '/api/mark-read', body];
  return ['POST', '/api/undo', body];
}

/** Statuses after which the same request may do: signed out, too many, a server that restarts. */
const isPassing = (status: number) => status > 500 || [401, 408, 425, 429].includes(status);

/**
 * Tells the server one thing. A tab that closes meanwhile does not take it back.
 *
 * @param userId who did it: whoever else is signed in by now, it waits for them to come back.
 */
export async function sendDeed(deed: Deed, userId: number): Promise<Outcome> {
  const [method, path, body] = toRequest(deed);
  try {
    const response = await fetch(path, {
      method,
      headers: { 'Content-Type': 'application/json', 'X-Reader': String(userId) },
      body: JSON.stringify(body),
      keepalive: true,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (response.ok) return { told: (await response.json()) as Told };
    if (response.status === 500) return 'failing';
    return isPassing(response.status) ? 'later' : 'refused';
  } catch {
    return 'later';
  }
}

/** @returns whether the server answers as it should to whoever wants nothing special. */
export async function isServerWell(userId: number): Promise<boolean> {
  try {
    const headers = { 'X-Reader': String(userId) };
    return (await fetch('/api/counts', { headers, signal: AbortSignal.timeout(PATIENCE_MS) })).ok;
  } catch {
    return false;
  }
}
