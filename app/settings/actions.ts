'use server';

import { revalidatePath } from 'next/cache';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { readSettings, SETTINGS_COOKIE, writeSettings } from '@/app/ui/reader/reading-settings';

/** A year. */
const COOKIE_SECONDS = 31_536_000;

/** Keeps how somebody likes to read, in a cookie of their browser. */
export async function saveSettings(form: FormData): Promise<void> {
  const settings = readSettings((name) => form.get(name));
  (await cookies()).set(SETTINGS_COOKIE, writeSettings(settings), {
    path: '/',
    maxAge: COOKIE_SECONDS,
    sameSite: 'lax',
  });
  revalidatePath('/', 'layout');
  redirect('/settings?saved=1');
}
