import { randomBytes } from 'node:crypto';
import type { Poster } from '@/lib/net/post-form';
import type { Env } from '@/lib/ops/env';
import { log } from '@/lib/ops/log';
import { decryptSecret, encryptSecret } from '@/lib/ops/secrets';
import { LEASE_SECONDS } from '@/lib/service/answer-hub';
import { type HubRequest, recordHubError, setHubSecret } from '@/lib/store/hubs';
import { letRest, RESTS } from '../rest-host';

export interface HubAsker {
  poster: Poster;
  /** Where hubs can call us, without a slash at the end. */
  callbackBase: string;
  env: Pick<Env, 'SECRET_KEY'>;
}

/**
 * Asks a hub to tell of a feed's changes, to go on doing so, or to stop (WebSub, section 5.1). Its consent comes by
 * another way: it calls us (`lib/service/answer-hub.ts`). What goes wrong is written down; the row is due again.
 */
export async function askHub(
  asker: HubAsker,
  request: HubRequest,
  { signal, enter }: { signal: AbortSignal; enter: (host: string) => Promise<void> },
): Promise<void> {
  const { hub, topic, token, state } = request;
  const form: Record<string, string> = {
    'hub.mode': state === 'LEAVING' ? 'unsubscribe' : 'subscribe',
    'hub.topic': topic,
    'hub.callback': `${asker.callbackBase}/websub/${token}`,
  };
  if (state !== 'LEAVING') {
    form['hub.lease_seconds'] = String(LEASE_SECONDS);
    const secret = await chooseSecret(asker, request);
    if (secret !== null) form['hub.secret'] = secret;
  }
  const result = await asker.poster.post(hub, form, signal, enter);
  if (result.kind === 'answered' && result.status >= 200 && result.status < 300) return;
  // When it is due again it waits for as long as that.
  if (result.kind === 'answered') await letRest(RESTS, result);
  const error =
    result.kind === 'failed' ? result.failure.message : `The hub refuses the request (${result.status}).`;
  log.info({ feedId: request.feedId, hub, error }, 'A hub did not take a request.');
  await recordHubError(request.id, error);
}

/**
 * The key that the hub is to sign with. Over plain HTTP there is none, since everybody on the way would know it
 * (WebSub, section 5.1); without SECRET_KEY there is none either, since it could not be kept. What then vouches for
 * a push is that nobody can guess the callback, and that a push is but a hint.
 */
async function chooseSecret(
  { env }: HubAsker,
  { id, hub, secret: kept }: HubRequest,
): Promise<string | null> {
  if (!hub.startsWith('https:') || env.SECRET_KEY === undefined) {
    if (kept !== null) await setHubSecret(id, null);
    return null;
  }
  // Kept under another SECRET_KEY, it is lost.
  const known = kept && decryptSecret(kept);
  if (known !== null) return known;
  const secret = randomBytes(32).toString('hex');
  await setHubSecret(id, encryptSecret(secret));
  return secret;
}
