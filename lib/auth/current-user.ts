import { ensureOwner } from '@/lib/store/users';

let owner: Promise<{ id: number; name: string }> | undefined;

/**
 * Who is asking. While there are no accounts (`AUTH=off`) it is always the owner.
 *
 * @throws when the database does not answer; the next call tries again.
 */
export function currentUser(): Promise<{ id: number; name: string }> {
  owner ??= ensureOwner().catch((error: unknown) => {
    owner = undefined;
    throw error;
  });
  return owner;
}
