import { z } from 'zod';
import type { Credentials } from '@/lib/net/request-headers';
import { decryptSecret } from '@/lib/ops/secrets';

/** As lib/service/set-feed-access.ts encrypts them. */
const schema = z.object({ username: z.string(), password: z.string() });

/** @returns null when they were encrypted with another key than the one that is set. */
export function unlockCredentials(encrypted: Uint8Array): Credentials | null {
  const text = decryptSecret(encrypted);
  return text === null ? null : schema.parse(JSON.parse(text));
}
