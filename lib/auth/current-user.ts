import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { readEnv } from '@/lib/ops/env';
import { PATH_HEADER } from '@/lib/ops/sender';
import { ensureOwner, type Reader } from '@/lib/store/users';
import { readSession } from './read-session';
import { toSafeTarget } from './safe-target';

let owner: Promise<Reader> | undefined;

function readOwner(): Promise<Reader> {
  owner ??= ensureOwner().catch((error: unknown) => {
    owner = undefined;
    throw error;
  });
  return owner;
}

/**
 * Who is asking, once a request: with AUTH=off always the owner.
 *
 * @returns null when nobody is signed in.
 * @throws when the database does not answer; the next call tries again.
 */
export const findCurrentUser = cache(async (): Promise<Reader | null> => {
  if (readEnv().AUTH === 'off') return readOwner();
  return (await readSession())?.user ?? null;
});

/** Who is asking, for pages and actions; whoever is not signed in is sent to do so, and comes back afterwards. */
export async function currentUser(): Promise<Reader> {
  const user = await findCurrentUser();
  if (user !== null) return user;
  const target = toSafeTarget((await headers()).get(PATH_HEADER));
  redirect(target === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ to: target })}`);
}
