import { openStore } from './client';

/** The one reader of an installation without accounts. */
const OWNER = 'owner';

/** @returns the single owner, made on first use. */
export async function ensureOwner(): Promise<{ id: number; name: string }> {
  return openStore().user.upsert({
    where: { name: OWNER },
    create: { name: OWNER },
    update: {},
    select: { id: true, name: true },
  });
}
