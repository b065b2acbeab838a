'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { retryImport } from '@/lib/service/retry-import';

/** Has the feeds of an import asked for again that fail: one row's, or all. */
export async function retryRows(form: FormData): Promise<void> {
  const importId = parseId(String(form.get('importId')));
  if (importId === null) redirect('/import');
  const position = parseId(String(form.get('position') ?? ''));
  const user = await currentUser();
  await retryImport({ userId: user.id, importId, position });
  revalidatePath('/', 'layout');
  redirect(`/import/${importId}`);
}
