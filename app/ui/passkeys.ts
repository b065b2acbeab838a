import {
  browserSupportsWebAuthn,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';
import { useSyncExternalStore } from 'react';

const PLACE = '/api/auth/passkey';

const never = () => () => undefined;

/** @returns whether this browser has passkeys; false as well while it is not known. */
export function usePasskeySupport(): boolean {
  return useSyncExternalStore(never, browserSupportsWebAuthn, () => false);
}

function send(path: string, body: unknown): Promise<Response> {
  return fetch(`${PLACE}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
}

/** Signs in with a passkey of this site. @returns why not, in one sentence; null when it is done. */
export async function enterWithPasskey(): Promise<string | null> {
  const asked = await fetch(`${PLACE}/generate-authenticate-options`);
  if (!asked.ok) throw new Error(`The server answered ${asked.status}.`);
  const optionsJSON: PublicKeyCredentialRequestOptionsJSON = await asked.json();
  const answer = await send('verify-authentication', {
    response: await startAuthentication({ optionsJSON: { ...optionsJSON, userVerification: 'required' } }),
  });
  if (answer.ok) return null;
  return answer.status === 403 ? 'This account has been disabled.' : 'That passkey is not known here.';
}

/**
 * Makes a passkey for whoever is signed in.
 *
 * @param optionsJSON from the action that has made sure who it is.
 * @param name what it is called here.
 */
export async function addPasskey(
  optionsJSON: PublicKeyCredentialCreationOptionsJSON,
  name: string,
): Promise<boolean> {
  const answer = await send('verify-registration', {
    name,
    response: await startRegistration({ optionsJSON }),
  });
  return answer.ok;
}

/** @returns why there is no passkey, in one sentence; null where somebody has changed their mind. */
export function explainPasskey(error: unknown): string | null {
  if (!(error instanceof Error)) return 'The passkey could not be used.';
  if (error instanceof WebAuthnError && error.code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED') {
    return 'This device has a passkey for your account already.';
  }
  if (error.name === 'NotAllowedError' || error.name === 'AbortError') return null;
  return 'The passkey could not be used. Your browser says: '.concat(error.message);
}
