import type { PasskeyOptions } from '@better-auth/passkey';
import { APIError } from 'better-auth/api';

function refuseUnverified(isVerified: boolean | undefined): void {
  if (isVerified !== true) {
    throw new APIError('UNAUTHORIZED', {
      message: 'The device did not check who holds the passkey: it needs a PIN, a finger or a face.',
    });
  }
}

/**
 * Passkeys stand for password and second step together: a key that only has to be touched would let in whoever has
 * found it. Browsers are told so, and what they send is checked (user verification: W3C WebAuthn, section 6.1).
 */
export const verifiedPasskeys: Pick<
  PasskeyOptions,
  'authenticatorSelection' | 'registration' | 'authentication'
> = {
  authenticatorSelection: { residentKey: 'preferred', userVerification: 'required' },
  registration: {
    afterVerification: ({ verification }) => refuseUnverified(verification.registrationInfo?.userVerified),
  },
  authentication: {
    afterVerification: ({ verification }) => refuseUnverified(verification.authenticationInfo.userVerified),
  },
};
