import { createHmac, type Hmac, timingSafeEqual } from 'node:crypto';

/** WebSub, section 7.1: the hashes that a hub may sign with. */
const METHODS: ReadonlySet<string> = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** Checks a signature while the body comes in: none of it has to be kept. */
export interface SignatureCheck {
  update(chunk: Uint8Array): void;
  /** @returns whether the body was signed with the secret; in constant time. */
  holds(): boolean;
}

/**
 * @param header X-Hub-Signature, `method=hex`.
 * @returns null when there is none, or it is made in another way.
 */
export function checkSignature(header: string | null, secret: string): SignatureCheck | null {
  const [, method = '', hex = ''] = /^\s*([a-z0-9]+)=([0-9a-f]+)\s*$/i.exec(header ?? '') ?? [];
  if (!METHODS.has(method.toLowerCase())) return null;
  const hmac: Hmac = createHmac(method.toLowerCase(), secret);
  return {
    update: (chunk) => hmac.update(chunk),
    holds() {
      const expected = hmac.digest();
      const given = Buffer.from(hex, 'hex');
      return given.length === expected.length && timingSafeEqual(given, expected);
    },
  };
}
