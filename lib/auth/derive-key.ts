import { hkdfSync } from 'node:crypto';
import { readEnv, SettingError } from '@/lib/ops/env';

/**
 * @param purpose what it is for: keys of different purposes help nobody against each other, nor against what is encrypted
 *   with SECRET_KEY itself.
 * @returns a key of 32 bytes.
 */
export function deriveKey(purpose: 'sessions' | 'browsers'): Buffer {
  const { SECRET_KEY } = readEnv();
  if (SECRET_KEY === undefined) throw new SettingError('SECRET_KEY is not set, and AUTH=on needs it.');
  return Buffer.from(hkdfSync('sha256', SECRET_KEY, '', `tidings ${purpose}`, 32));
}
