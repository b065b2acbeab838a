'use server';

import { redirect } from 'next/navigation';
import { requireOperator } from '@/lib/auth/manage-accounts';
import { pauseFetching, resumeFetching } from '@/lib/service/oversee-fetching';
import { readText } from './read-form';

/** Pauses fetching, or goes on with it. */
export async function changeFetching(form: FormData): Promise<void> {
  await requireOperator();
  const pause = readText(form, 'do') === 'pause';
  const done = await (pause ? pauseFetching() : resumeFetching());
  redirect(`/admin/fetching?did=${done ? (pause ? 'paused' : 'resumed') : 'nothing'}`);
}
