import {
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  startAuthentication,
  startRegistration,
  WebAuthnError,
} from '@simplewebauthn/browser';

const PLACE = '/api/auth/passkey';

async function ask(path: string): Promise<unknown> {
  const response = await fetch(`${PLACE}/${path}`);
  if (!response.ok) throw new Error(`The server answered ${response.status}.`);
  return response.json();
}

async function send(path: string, body: unknown): Promise<boolean> {
  const response = await fetch(`${PLACE}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return response.ok;
}

/** Signs in with a passkey of this site. @returns whether it is known here. */
export async function enterWithPasskey(): Promise<boolean> {
  const optionsJSON = (await ask('generate-authenticate-options')) as PublicKeyCredentialRequestOptionsJSON;
  return send('verify-authentication', { response: await startAuthentication({ optionsJSON }) });
}

/** Makes a passkey for whoever is signed in. @param name what it is called here. */
export async function addPasskey(name: string): Promise<boolean> {
  const optionsJSON = (await ask('generate-register-options')) as PublicKeyCredentialCreationOptionsJSON;
  return send('verify-registration', { name, response: await startRegistration({ optionsJSON }) });
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
