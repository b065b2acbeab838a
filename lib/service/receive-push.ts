import { readEnv } from '@/lib/ops/env';
import { metrics } from '@/lib/ops/metrics';
import { decryptSecret } from '@/lib/ops/secrets';
import { acceptPush, findPushTarget, leaveUnread } from '@/lib/store/hubs';
import { checkSignature } from './hub-signature';

/** A hub that sends slower is cut off. */
const READ_LIMIT_MS = 10_000;

/** `unknown`: nobody wants it; `ignored`: not signed as it has to be, or too long; `accepted`: the feed is due. */
export type PushResult = 'unknown' | 'ignored' | 'accepted';

/**
 * A hub distributes a feed's content (WebSub, section 7). The content is not used: it is a hint that the feed has
 * changed, and a worker fetches it, so that items come in one way only.
 *
 * @param body read in passing, up to the limit of a document.
 */
export async function receivePush(push: {
  token: string;
  signature: string | null;
  body: ReadableStream<Uint8Array> | null;
}): Promise<PushResult> {
  const result = await judgePush(push);
  metrics.hubPushes.inc({ result });
  return result;
}

async function judgePush(push: Parameters<typeof receivePush>[0]): Promise<PushResult> {
  const target = await findPushTarget(push.token);
  if (target === null) {
    await leaveUnread(push.token);
    return 'unknown';
  }
  const signed = target.secret !== null;
  const secret = target.secret && decryptSecret(target.secret);
  const check = secret === null ? null : checkSignature(push.signature, secret);
  const complete = await readThrough(push.body, (chunk) => check?.update(chunk));
  if (!complete || (signed && !check?.holds())) return 'ignored';
  await acceptPush(target);
  return 'accepted';
}

/** @returns false when the body is too long or comes too slowly: what is left of it is the server's to discard. */
async function readThrough(
  body: ReadableStream<Uint8Array> | null,
  onChunk: (chunk: Uint8Array) => void,
): Promise<boolean> {
  if (body === null) return true;
  const reader = body.getReader();
  let timer: NodeJS.Timeout | undefined;
  const tooSlow = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), READ_LIMIT_MS);
  });
  let room = readEnv().FETCH_MAX_BYTES;
  try {
    for (;;) {
      const part = await Promise.race([reader.read(), tooSlow]);
      if (part === null) return false;
      if (part.done) return true;
      room -= part.value.byteLength;
      if (room < 0) return false;
      onChunk(part.value);
    }
  } finally {
    clearTimeout(timer);
  }
}
