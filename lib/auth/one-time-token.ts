import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: nobody guesses one, so that a plain hash of it is as good as the slow one that a password needs. */
const TOKEN_BYTES = 32;

/** @returns a new token for an address or a program. */
export function makeToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** @returns what is kept of a token. */
export function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest());
}
