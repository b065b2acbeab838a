import { isAPIError } from 'better-auth/api';
import { headers } from 'next/headers';
import { log } from '@/lib/ops/log';
import { OIDC, openOidcAuth } from './auth';

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

async function tellWhere(
  begin: () => Promise<{ url?: string | undefined } | undefined>,
): Promise<string | null> {
  try {
    return (await begin())?.url ?? null;
  } catch (error) {
    if (!isAPIError(error)) throw error;
    log.warn({ part: 'auth', code: error.body?.code }, 'The OpenID Connect provider cannot be used.');
    return null;
  }
}
