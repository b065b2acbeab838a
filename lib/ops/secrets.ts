import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { readEnv, SettingError } from './env';

/** Says how the rest is laid out, so that another way can be told apart one day. */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const CIPHER = 'aes-256-gcm';

/**
 * Encrypts with AES-256-GCM (NIST SP 800-38D) under a nonce of its own.
 *
 * @param key 32 bytes.
 * @returns version, nonce, tag and ciphertext in one.
 */
export function seal(key: Uint8Array, text: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([Uint8Array.of(VERSION), nonce, cipher.getAuthTag(), body]));
}

/** @returns what was sealed; null when the key is another, or the bytes are not as they were. */
export function unseal(key: Uint8Array, sealed: Uint8Array): string | null {
  const bodyStart = 1 + NONCE_BYTES + TAG_BYTES;
  if (sealed[0] !== VERSION || sealed.length < bodyStart) return null;
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAuthTag(sealed.subarray(1 + NONCE_BYTES, bodyStart));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(bodyStart)), decipher.final()]).toString('utf8');
  } catch {
    // That is how the cipher says that the tag does not fit.
    return null;
  }
}

/** Whether anything secret can be kept. */
export function hasSecretKey(): boolean {
  return readEnv().SECRET_KEY !== undefined;
}

/**
 * Encrypts what must not lie open in the database, with SECRET_KEY.
 *
 * @throws SettingError, one sentence, where there is no key.
 */
export function encryptSecret(text: string): Uint8Array<ArrayBuffer> {
  const key = readEnv().SECRET_KEY;
  if (key === undefined) {
    throw new SettingError(
      'SECRET_KEY is not set, and nothing secret can be kept without it: set it to 32 random bytes, as `openssl rand -base64 32` prints them.',
    );
  }
  return seal(key, text);
}

/** @returns what `encryptSecret` was given; null when there is no key, or it is another one by now. */
export function decryptSecret(sealed: Uint8Array): string | null {
  const key = readEnv().SECRET_KEY;
  return key === undefined ? null : unseal(key, sealed);
}
