'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { STARTERS } from '@/app/ui/starter-list';
import { currentUser } from '@/lib/auth/current-user';
import { subscribe } from '@/lib/service/subscribe';

const ADDRESSES: ReadonlySet<string> = new Set(
  STARTERS.flatMap(({ feeds }) => feeds.map(({ address }) => address)),
);

/** Subscribes to the chosen ones (`address`) of the feeds to begin with. */
export async function followStarters(form: FormData): Promise<void> {
  const user = await currentUser();
  const chosen = [...new Set(form.getAll('address').map(String))].filter((address) => ADDRESSES.has(address));
  for (const address of chosen) await subscribe({ userId: user.id, address });
  revalidatePath('/', 'layout');
  redirect('/');
}
