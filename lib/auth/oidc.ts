import { setTimeout } from 'node:timers/promises';
import { isAPIError } from 'better-auth/api';
import { headers } from 'next/headers';
import { log } from '@/lib/ops/log';
import { forgetOidcAuth, OIDC, openOidcAuth } from './auth';

/** How long the provider may take to say how it works. */
const PATIENCE_MS = 5000;
const LATE = Symbol('late');

/**
 * Begins to sign in through the provider.
 *
 * @param to a path of ours to come back to.
 * @returns where to send the browser; null when the provider does not say how it works.
 */
export async function beginOidc(to: string): Promise<string | null> {
  return tellWhere(async () =>
    openOidcAuth().api.signInSocial({
      body: { provider: OIDC, callbackURL: to, errorCallbackURL: '/sign-in', disableRedirect: true },
      headers: await headers(),
    }),
  );
}

/** Begins to connect the provider to the account of whoever is signed in. @returns as `beginOidc` does. */
export async function beginConnection(): Promise<string | null> {
  return tellWhere(async () =>
    openOidcAuth().api.linkSocialAccount({
      body: {
        provider: OIDC,
        callbackURL: '/settings/account',
        errorCallbackURL: '/settings/account',
        disableRedirect: true,
      },
      headers: await headers(),
    }),
  );
}

type Begun = { url?: string | undefined } | undefined;

async function tellWhere(begin: () => Promise<Begun>): Promise<string | null> {
  try {
    const begun = await Promise.race([begin(), setTimeout(PATIENCE_MS, LATE, { ref: false })]);
    if (begun !== LATE) return begun?.url ?? null;
    log.warn({ part: 'auth' }, 'The OpenID Connect provider does not answer.');
    forgetOidcAuth();
  } catch (error) {
    if (!isAPIError(error)) throw error;
    log.warn({ part: 'auth', code: error.body?.code }, 'The OpenID Connect provider cannot be used.');
  }
  return null;
}
