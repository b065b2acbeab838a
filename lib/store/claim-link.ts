import { openStore } from './client';
import { type LinkKind, Prisma, type UserRole } from './generated/client';

/** What whoever uses a link has chosen. */
export interface Claim {
  /** As typed; null where the link's account has one already. */
  name: string | null;
  email: string | null;
  /** Hashed. */
  password: string;
}

export type ClaimResult =
  | { kind: 'claimed'; userId: number; username: string }
  | { kind: 'used' }
  | { kind: 'taken'; what: 'name' | 'email' };

type Transaction = Prisma.TransactionClient;

interface Link {
  kind: LinkKind;
  userId: number | null;
  role: UserRole;
}

/**
 * Uses a one-time link: makes the account, or gives the one it is for its password, in one transaction with the link's
 * end. Of several that use it at the same moment, one succeeds. A new password ends all sessions of the account.
 */
export async function claimLink(hash: Uint8Array<ArrayBuffer>, claim: Claim): Promise<ClaimResult> {
  try {
    return await openStore().$transaction(async (tx): Promise<ClaimResult> => {
      const [link] = await tx.$queryRaw<Link[]>`
        DELETE FROM one_time_links WHERE hash = ${hash} AND expires_at > now()
        RETURNING kind, user_id AS "userId", role`;
      if (link === undefined) return { kind: 'used' };
      const user = await writeUser(tx, link, claim);
      await writePassword(tx, user.id, claim.password);
      await tx.session.deleteMany({ where: { userId: user.id } });
      return { kind: 'claimed', userId: user.id, username: user.username ?? '' };
    });
  } catch (error) {
    return readConflict(error);
  }
}

/**
 * Makes an account that nobody has invited, where that is allowed.
 *
 * @param claim with a name.
 */
export async function addAccount(claim: Claim, role: UserRole = 'MEMBER'): Promise<ClaimResult> {
  try {
    return await openStore().$transaction(async (tx): Promise<ClaimResult> => {
      const user = await writeUser(tx, { kind: 'INVITATION', userId: null, role }, claim);
      await writePassword(tx, user.id, claim.password);
      return { kind: 'claimed', userId: user.id, username: user.username ?? '' };
    });
  } catch (error) {
    return readConflict(error);
  }
}

/** Gives a user another password, in place of whichever there was. */
export async function writePassword(tx: Transaction, userId: number, password: string): Promise<void> {
  const accountId = String(userId);
  await tx.account.upsert({
    where: { providerId_accountId: { providerId: 'credential', accountId } },
    create: { providerId: 'credential', accountId, userId, password },
    update: { password, updatedAt: new Date() },
  });
}

function writeUser(tx: Transaction, link: Link, claim: Claim) {
  const named = claim.name === null ? {} : { name: claim.name, username: claim.name.toLowerCase() };
  const email = claim.email?.toLowerCase() ?? null;
  const select = { id: true, username: true };
  if (link.userId === null) {
    if (claim.name === null) throw new Error('An account needs a name.');
    const data = { name: claim.name, username: claim.name.toLowerCase(), email, role: link.role };
    return tx.user.create({ data, select });
  }
  const data =
    link.kind === 'SETUP' ? { ...named, ...(email && { email }), role: link.role, disabledAt: null } : named;
  return tx.user.update({ where: { id: link.userId }, data: { ...data, updatedAt: new Date() }, select });
}

/** Names and addresses are unique: the database has the last word on that. */
function readConflict(error: unknown): ClaimResult {
  const known = error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002';
  if (!known) throw error;
  return { kind: 'taken', what: JSON.stringify(error.meta).includes('email') ? 'email' : 'name' };
}
