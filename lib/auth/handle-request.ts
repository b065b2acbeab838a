import { readEnv } from '@/lib/ops/env';
import { clientAddress } from '@/lib/ops/sender';
import { OIDC, openAuth, openOidcAuth } from './auth';
import { countSignInAttempt } from './limit-attempts';

/**
 * Of all that Better Auth answers, what the browser itself has to ask; the rest is called by actions of ours. A passkey is
 * added with the challenge of an action that has made sure who asks (own-passkeys.ts).
 */
const OPEN: Record<string, 'GET' | 'POST'> = {
  '/api/auth/passkey/generate-authenticate-options': 'GET',
  '/api/auth/passkey/verify-authentication': 'POST',
  '/api/auth/passkey/verify-registration': 'POST',
  [`/api/auth/callback/${OIDC}`]: 'GET',
};

const MOST_BYTES = 65_536;

function refuse(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status, headers: { 'Cache-Control': 'no-store' } });
}

/** @returns how long the request says that its body is, in bytes; Infinity where it does not say. */
function lengthOf({ method, headers }: Request): number {
  return method === 'GET' ? 0 : Number(headers.get('content-length') ?? Number.POSITIVE_INFINITY);
}

/** Answers what a browser asks Better Auth itself, so often. */
export async function handleAuthRequest(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  if (readEnv().AUTH === 'off' || OPEN[pathname] !== request.method) {
    return refuse(404, 'not-found', 'There is nothing here.');
  }
  if (!(lengthOf(request) <= MOST_BYTES)) return refuse(413, 'too-large', 'The request is too long.');
  const refusal = await countSignInAttempt(null, clientAddress(request.headers));
  if (refusal !== null) return refuse(429, 'too-many', refusal);
  const auth = pathname.startsWith('/api/auth/callback/') ? openOidcAuth() : openAuth();
  return auth.handler(request);
}
