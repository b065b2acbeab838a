import { openStore } from './client';
import type { UserRole } from './generated/client';

/** What the one reader of an installation without accounts is called until they choose a name. */
const OWNER = 'owner';

/** Somebody who reads, as pages know them. */
export interface Reader {
  id: number;
  name: string;
  role: UserRole;
}

const READER = { id: true, name: true, role: true } as const;

/** @returns the owner of the installation; null before there is one. */
export async function findOwner(): Promise<Reader | null> {
  const store = openStore();
  const owner = await store.user.findFirst({
    where: { role: 'OWNER' },
    orderBy: { id: 'asc' },
    select: READER,
  });
  return owner ?? store.user.findUnique({ where: { name: OWNER }, select: READER });
}

/** @returns the owner, made on first use: who reads while there are no accounts. */
export async function ensureOwner(): Promise<Reader> {
  const known = await findOwner();
  if (known?.role === 'OWNER') return known;
  return openStore().user.upsert({
    where: { name: OWNER },
    create: { name: OWNER, role: 'OWNER' },
    update: { role: 'OWNER' },
    select: READER,
  });
}

/** @returns the user with this id; null when there is none. */
export function findUser(id: number): Promise<Reader | null> {
  return openStore().user.findUnique({ where: { id }, select: READER });
}

/** @returns the user who is called so, in whatever case; null when there is none. */
export function findUserByName(name: string): Promise<Reader | null> {
  return openStore().user.findFirst({
    where: { OR: [{ username: name.toLowerCase() }, { name }] },
    select: READER,
  });
}
