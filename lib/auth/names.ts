import { findUserByName } from '@/lib/store/users';

/** Letters and digits of any script, and what is common between them. An @ would look like an email address. */
export const NAME_PATTERN = /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u;

/** @returns the name as it is kept; null when it cannot be one. */
export function readName(typed: string): string | null {
  const name = typed.normalize('NFKC').trim();
  return NAME_PATTERN.test(name) ? name : null;
}

/**
 * Finds a name for somebody whom a provider has sent: theirs there, or the first part of their address, with a number
 * behind it where it is taken.
 */
export async function chooseName(user: { name: string; email: string }): Promise<string> {
  const [local = ''] = user.email.split('@');
  const wanted = readName(user.name) ?? readName(local) ?? 'reader';
  for (let number = 1; number < 1000; number++) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 36)}${number}`;
    if ((await findUserByName(name)) === null) return name;
  }
  throw new Error('A thousand users have nearly the same name.');
}
