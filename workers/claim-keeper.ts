import { log } from '@/lib/ops/log';
import { CLAIM_MS, RENEW_EVERY_MS, type renewClaims } from '@/lib/store/claims';

export interface ClaimKeeper {
  /** Keeps a claim alive until released; `onLost` is called when it has run out, or another worker has the feed. */
  keep(claim: { token: string; heldFrom: number }, onLost: () => void): void;
  /** To be called before a server is asked: calls `onLost` when the claim has run out without anybody noticing. */
  check(token: string): void;
  release(token: string): void;
  stop(): void;
}

interface Kept {
  /** By `performance.now()`, as `heldUntil`. */
  renewAt: number;
  heldUntil: number;
  onLost: () => void;
}

/**
 * Renews the claims of fetches that take longer than most, all in one statement. A claim that could not be renewed in
 * time is given up by our own clock: while the database is away, or this process was suspended, others may have begun
 * to ask its server, and must find it with no more requests than politeness allows.
 *
 * @param renew `renewClaims` of the store.
 */
export function startClaimKeeper(renew: typeof renewClaims): ClaimKeeper {
  const kept = new Map<string, Kept>();
  const lose = (token: string) => {
    const claim = kept.get(token);
    kept.delete(token);
    claim?.onLost();
  };
  const check = (token: string) => {
    if ((kept.get(token)?.heldUntil ?? Number.POSITIVE_INFINITY) <= performance.now()) lose(token);
  };
  const renewAll = async () => {
    for (const token of [...kept.keys()]) check(token);
    const asked = performance.now();
    const tokens = [...kept].filter(([, { renewAt }]) => renewAt <= asked).map(([token]) => token);
    if (tokens.length === 0) return;
    const holding = new Set(await renew(tokens));
    for (const token of tokens) {
      const claim = kept.get(token);
      if (!holding.has(token)) lose(token);
      else if (claim) claim.heldUntil = asked + CLAIM_MS;
    }
  };
  const timer = setInterval(() => {
    renewAll().catch((error: unknown) => log.warn({ err: error }, 'Claims could not be renewed.'));
  }, RENEW_EVERY_MS);
  return {
    keep({ token, heldFrom }, onLost) {
      kept.set(token, { renewAt: heldFrom + RENEW_EVERY_MS, heldUntil: heldFrom + CLAIM_MS, onLost });
    },
    check,
    release: (token) => kept.delete(token),
    stop: () => clearInterval(timer),
  };
}
