import { addLink, hasManager, type NewLink } from '@/lib/store/one-time-links';
import { findOwner } from '@/lib/store/users';
import { linkAddress } from './base-address';
import { hashToken, makeToken } from './one-time-token';

/** How long links can be used, in days. */
const SETUP_DAYS = 7;
const INVITATION_DAYS = 7;
const PASSWORD_DAYS = 2;

async function makeLink(link: Omit<NewLink, 'hash'>): Promise<string> {
  const token = makeToken();
  await addLink({ ...link, hash: hashToken(token) });
  return linkAddress(token);
}

/**
 * Makes the link with which the owner's account is set up. Who has read here without signing in so far is who it
 * claims: their feeds, stars and folders are the account's.
 *
 * @returns its address, which is kept nowhere; null when somebody manages the installation already.
 */
export async function makeSetupLink(): Promise<string | null> {
  if (await hasManager()) return null;
  const owner = await findOwner();
  return makeLink({ kind: 'SETUP', userId: owner?.id ?? null, role: 'OWNER', days: SETUP_DAYS });
}

/** @returns the address with which somebody makes an account. */
export function makeInvitation(madeById: number, note: string | null): Promise<string> {
  return makeLink({ kind: 'INVITATION', madeById, note, days: INVITATION_DAYS });
}

/** @returns the address with which a user chooses a password. */
export function makePasswordLink(userId: number): Promise<string> {
  return makeLink({ kind: 'PASSWORD', userId, days: PASSWORD_DAYS });
}
