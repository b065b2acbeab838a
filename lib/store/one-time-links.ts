import { openStore } from './client';
import type { LinkKind, UserRole } from './generated/client';

/** A one-time link as the page behind it shows it. */
export interface LinkView {
  kind: LinkKind;
  /** Of the account that it claims, where that is there already. */
  userName: string | null;
  hasUsername: boolean;
}

export interface NewLink {
  /** SHA-256 of what is in the address. */
  hash: Uint8Array<ArrayBuffer>;
  kind: LinkKind;
  userId?: number | null;
  role?: UserRole;
  note?: string | null;
  madeById?: number | null;
  /** How long it can be used. */
  days: number;
}

const DAY_MS = 86_400_000;

/** Keeps a link. Of those that set up the owner, or one account's password, only the newest can be used. */
export async function addLink({ days, ...link }: NewLink): Promise<void> {
  const expiresAt = new Date(Date.now() + days * DAY_MS);
  await openStore().$transaction(async (tx) => {
    if (link.kind === 'SETUP') await tx.oneTimeLink.deleteMany({ where: { kind: 'SETUP' } });
    if (link.kind === 'PASSWORD') {
      await tx.oneTimeLink.deleteMany({ where: { kind: 'PASSWORD', userId: link.userId ?? null } });
    }
    await tx.oneTimeLink.create({ data: { ...link, expiresAt } });
  });
}

/** @returns null when there is no such link, or no more. */
export async function findLink(hash: Uint8Array<ArrayBuffer>): Promise<LinkView | null> {
  const link = await openStore().oneTimeLink.findFirst({
    where: { hash, expiresAt: { gt: new Date() } },
    select: { kind: true, user: { select: { name: true, username: true } } },
  });
  if (link === null) return null;
  return {
    kind: link.kind,
    userName: link.user?.name ?? null,
    hasUsername: link.user?.username != null,
  };
}

/** @returns the invitations that have not been used, newest first. */
export function listInvitations() {
  return openStore().oneTimeLink.findMany({
    where: { kind: 'INVITATION', expiresAt: { gt: new Date() } },
    orderBy: { id: 'desc' },
    select: { id: true, note: true, role: true, expiresAt: true },
  });
}

/** Takes an invitation back. */
export async function removeInvitation(id: number): Promise<void> {
  await openStore().oneTimeLink.deleteMany({ where: { id, kind: 'INVITATION' } });
}

/** @returns whether anybody can manage this installation: an owner or administrator who has a way in. */
export async function hasManager(): Promise<boolean> {
  const manager = await openStore().user.findFirst({
    where: {
      role: { in: ['OWNER', 'ADMIN'] },
      disabledAt: null,
      OR: [{ accounts: { some: {} } }, { passkeys: { some: {} } }],
    },
    select: { id: true },
  });
  return manager !== null;
}
