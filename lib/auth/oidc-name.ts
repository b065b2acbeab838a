import { readEnv } from '@/lib/ops/env';

/** @returns what the OpenID Connect provider is called that one can sign in through; null where there is none. */
export function readOidcName(): string | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_NAME } = readEnv();
  return OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined ? null : OIDC_NAME;
}
