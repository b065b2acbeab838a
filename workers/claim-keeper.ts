import { log } from '@/lib/ops/log';
import { RENEW_EVERY_MS, renewClaims } from '@/lib/store/claims';

export interface ClaimKeeper {
  /** Keeps a claim alive until released; `onLost` is called when another worker has taken the feed. */
  keep(token: string, onLost: () => void): void;
  release(token: string): void;
  stop(): void;
}

interface Kept {
  since: number;
  onLost: () => void;
}

/** Renews the claims of fetches that take longer than most, all in one statement. */
export function startClaimKeeper(): ClaimKeeper {
  const kept = new Map<string, Kept>();
  const renew = async () => {
    const old = Date.now() - RENEW_EVERY_MS;
    const tokens = [...kept].filter(([, { since }]) => since < old).map(([token]) => token);
    if (tokens.length === 0) return;
    const holding = new Set(await renewClaims(tokens));
    for (const token of tokens.filter((candidate) => !holding.has(candidate))) kept.get(token)?.onLost();
  };
  const timer = setInterval(() => {
    renew().catch((error: unknown) => log.warn({ err: error }, 'Claims could not be renewed.'));
  }, RENEW_EVERY_MS);
  return {
    keep: (token, onLost) => kept.set(token, { since: Date.now(), onLost }),
    release: (token) => kept.delete(token),
    stop: () => clearInterval(timer),
  };
}
