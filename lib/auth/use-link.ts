import { headers } from 'next/headers';
import { readEnv } from '@/lib/ops/env';
import { clientAddress } from '@/lib/ops/sender';
import { addAccount, type Claim, type ClaimResult, claimLink } from '@/lib/store/claim-link';
import { findLink, type LinkView } from '@/lib/store/one-time-links';
import { countSignInAttempt } from './limit-attempts';
import { readName } from './names';
import { hashToken } from './one-time-token';
import { hashPassword, judgePassword } from './password';
import { forgetSessions } from './session-memory';
import { signIn } from './sign-in';

/** What is typed to make an account, or to choose a password. */
export interface NewAccount {
  name: string;
  email: string;
  password: string;
}

/** One sentence, and the field that it is about. */
interface Objection {
  field: 'name' | 'email' | 'password' | null;
  message: string;
}

/** As far as it can be told without sending anything there; an account can do without one. */
const EMAIL_PATTERN = /^[^\s@]{1,64}@[^\s@]{1,255}$/;

/** @returns what is behind a one-time link; null when it is none, has been used or has run out. */
export async function readLink(token: string): Promise<LinkView | null> {
  const link = token.length > 100 ? null : await findLink(hashToken(token));
  // Also those from before it was closed.
  return link?.kind === 'INVITATION' && readEnv().REGISTRATION === 'closed' ? null : link;
}

/** `code`: the account asks for a second step. */
export type Entry = Objection | 'in' | 'code';

/** Uses a link, and signs in. */
export async function acceptLink(token: string, typed: NewAccount): Promise<Entry> {
  const link = await readLink(token);
  if (link === null) return USED;
  const named = link.kind === 'PASSWORD' && link.hasUsername;
  const claim = await readClaim(typed, named ? link.userName : null);
  if ('message' in claim) return claim;
  return enter(await claimLink(hashToken(token), claim), typed.password);
}

/** Makes an account for whoever comes by, where REGISTRATION=open, and signs in. */
export async function signUp(typed: NewAccount): Promise<Entry> {
  if (readEnv().REGISTRATION !== 'open') return { field: null, message: 'One cannot sign up here.' };
  const claim = await readClaim(typed, null);
  if ('message' in claim) return claim;
  return enter(await addAccount(claim), typed.password);
}

const USED: Objection = { field: null, message: 'This link has been used, or has run out.' };

/** @param known the account's name, where it has one already. */
async function readClaim(typed: NewAccount, known: string | null): Promise<Claim | Objection> {
  const limited = await countSignInAttempt(null, clientAddress(await headers()));
  if (limited !== null) return { field: null, message: limited };
  const name = readName(typed.name);
  if (known === null && name === null) {
    return { field: 'name', message: 'A name has letters and digits, and . _ - between them: 40 at most.' };
  }
  const email = typed.email.trim();
  if (email !== '' && !EMAIL_PATTERN.test(email)) {
    return { field: 'email', message: 'That is no email address.' };
  }
  const weak = judgePassword(typed.password, known ?? name);
  if (weak !== null) return { field: 'password', message: weak };
  const password = await hashPassword(typed.password);
  return { name: known === null ? name : null, email: email === '' ? null : email, password };
}

async function enter(result: ClaimResult, password: string): Promise<Entry> {
  if (result.kind === 'used') return USED;
  if (result.kind === 'taken') {
    const message =
      result.what === 'name' ? 'Somebody has that name already.' : 'Somebody has that address already.';
    return { field: result.what, message };
  }
  forgetSessions(result.userId);
  const signedIn = await signIn({ name: result.username, password, remember: true });
  return signedIn.kind === 'refused' ? { field: null, message: signedIn.message } : signedIn.kind;
}
