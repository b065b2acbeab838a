import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * scrypt as OWASP's Password Storage Cheat Sheet asks for it, in the variant that takes 16 MiB rather than 128: several
 * people sign in at once on a machine with 512. Node 20 has no argon2.
 */
const COST = { N: 2 ** 14, r: 8, p: 5 };
const HASH_BYTES = 32;
const SALT_BYTES = 16;

/** NIST SP 800-63B asks for 8 at least, and for no rules about what is in it. */
export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 256;

function derive(password: string, salt: Uint8Array, cost: typeof COST, bytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // One text can be typed as several sequences of characters.
    scrypt(password.normalize('NFKC'), salt, bytes, { ...cost, maxmem: 64 * 2 ** 20 }, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}

/** @returns parameters, salt and hash in one: `scrypt$N$r$p$salt$hash`. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST, HASH_BYTES);
  return ['scrypt', COST.N, COST.r, COST.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** @returns whether `stored`, as `hashPassword` made it, is of this password. */
export async function verifyPassword(stored: string, password: string): Promise<boolean> {
  const [kind, N, r, p, salt, hash] = stored.split('$');
  if (kind !== 'scrypt' || salt === undefined || hash === undefined) return false;
  const wanted = Buffer.from(hash, 'base64url');
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), cost, wanted.length), wanted);
}

/** Takes as long as verifying a password does, for a name that nobody has. */
export async function pretendToVerify(password: string): Promise<void> {
  await derive(password, randomBytes(SALT_BYTES), COST, HASH_BYTES);
}

/** @returns what is wrong with a new password, in one sentence; null when nothing is. */
export function judgePassword(password: string, name: string | null): string | null {
  if (password.length < SHORTEST_PASSWORD) {
    return `The password is too short: ${SHORTEST_PASSWORD} characters at least, better a few words.`;
  }
  if (password.length > LONGEST_PASSWORD)
    return `The password is longer than ${LONGEST_PASSWORD} characters.`;
  if (new Set(password).size < 4 || password.toLowerCase() === name?.toLowerCase()) {
    return 'That password is too easy to guess.';
  }
  return null;
}
