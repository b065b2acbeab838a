import { isAPIError } from 'better-auth/api';
import { headers } from 'next/headers';
import { encode } from 'uqr';
import { clientAddress } from '@/lib/ops/sender';
import type { Reader } from '@/lib/store/users';
import { openAuth } from './auth';
import { confirmIdentity } from './confirm-identity';
import { countSignInAttempt } from './limit-attempts';
import { forgetSessions } from './session-memory';

/** What an authenticator app is told. */
export interface AppSecret {
  /** In groups of four, to be typed where nothing can be scanned. */
  secret: string;
  /** The QR code, as the outline of its dark squares; one unit each. */
  outline: string;
  size: number;
  recoveryCodes: string[];
}

type Refused = { refused: string };

/** Begins to ask a user for codes: from when they have shown that their app makes the right ones. */
export async function beginSecondStep(user: Reader, password: string): Promise<AppSecret | Refused> {
  const wrong = await confirmIdentity(user.id, password);
  if (wrong !== null) return { refused: wrong };
  try {
    const made = await openAuth().api.enableTwoFactor({ body: { password }, headers: await headers() });
    if (made.method !== 'totp') throw new Error('Another second step was made than was asked for.');
    return describeSecret(made.totpURI, user.name, made.backupCodes);
  } catch (error) {
    return { refused: explain(error) };
  }
}

/** @returns what is wrong with the code; null when it is right, and codes are asked for from now on. */
export async function finishSecondStep(user: Reader, code: string): Promise<string | null> {
  const refusal = await countSignInAttempt({ userId: user.id }, clientAddress(await headers()));
  if (refusal !== null) return refusal;
  try {
    await openAuth().api.verifyTOTP({ body: { code: code.replace(/\s/g, '') }, headers: await headers() });
    forgetSessions(user.id);
    return null;
  } catch (error) {
    return explain(error);
  }
}

/** No longer asks for codes. @returns what is wrong; null when it is done. */
export async function endSecondStep(user: Reader, password: string): Promise<string | null> {
  const wrong = await confirmIdentity(user.id, password);
  if (wrong !== null) return wrong;
  try {
    await openAuth().api.disableTwoFactor({ body: { password }, headers: await headers() });
    forgetSessions(user.id);
    return null;
  } catch (error) {
    return explain(error);
  }
}

/** Makes new recovery codes; the old ones open nothing any more. */
export async function renewRecoveryCodes(user: Reader, password: string): Promise<string[] | Refused> {
  const wrong = await confirmIdentity(user.id, password);
  if (wrong !== null) return { refused: wrong };
  try {
    const made = await openAuth().api.generateBackupCodes({ body: { password }, headers: await headers() });
    return made.backupCodes;
  } catch (error) {
    return { refused: explain(error) };
  }
}

/** The address says whose account it is: in the app, by the name that one signs in with. */
function describeSecret(uri: string, name: string, recoveryCodes: string[]): AppSecret {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  const query = new URLSearchParams({ secret, issuer: 'Tidings', digits: '6', period: '30' });
  const { data, size } = encode(`otpauth://totp/Tidings:${encodeURIComponent(name)}?${query}`, { border: 2 });
  const squares = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : '')));
  return {
    secret: secret.match(/.{1,4}/g)?.join(' ') ?? '',
    outline: squares.join(''),
    size,
    recoveryCodes,
  };
}

function explain(error: unknown): string {
  if (!isAPIError(error)) throw error;
  if (error.body?.code === 'INVALID_CODE')
    return 'That code is not right, or no longer. The app shows a new one.';
  if (error.body?.code === 'TOTP_ALREADY_ENABLED') return 'An authenticator app is in use already.';
  return 'That did not work. Please load the page again.';
}
