import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What the provider says of whoever signs in there. */
interface Person {
  sub: string;
  preferred_username?: string;
  email?: string;
}

export interface OidcProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in there next, without being asked. */
  person: Person;
  /** Claims that are written into tokens in place of the right ones. */
  forged: Record<string, unknown>;
  /** Whether tokens are signed with a key that is not the provider's. */
  wrongKey: boolean;
  /** Whether every request hangs. */
  down: boolean;
  close(): Promise<void>;
}

interface Grant {
  person: Person;
  challenge: string | null;
  nonce: string | null;
  redirect: string;
}

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const makeKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Starts an OpenID Connect provider on this machine: the code flow with PKCE, and tokens signed with RS256. */
export async function startOidcProvider(): Promise<OidcProvider> {
  const key = makeKey();
  const otherKey = makeKey();
  const grants = new Map<string, Grant>();
  const accesses = new Map<string, Person>();
  const server = createServer((request, response) => {
    if (provider.down) return;
    answer(request).then(
      ({ location, body, status = 200 }) => {
        if (location !== undefined) response.writeHead(302, { location }).end();
        else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      },
      (error: Error) => response.writeHead(400).end(error.message),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider: OidcProvider = {
    issuer,
    clientId: 'tidings',
    clientSecret: randomBytes(16).toString('hex'),
    person: { sub: '1' },
    forged: {},
    wrongKey: false,
    down: false,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };

  const writeToken = ({ person, nonce }: Grant): string => {
    const now = Math.floor(Date.now() / 1000);
    const times = { iat: now, exp: now + 300 };
    const claims = { iss: issuer, aud: provider.clientId, ...times, nonce, ...person, ...provider.forged };
    const signed = `${base64({ alg: 'RS256', kid: 'k1', typ: 'JWT' })}.${base64(claims)}`;
    const { privateKey } = provider.wrongKey ? otherKey : key;
    return `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`;
  };

  const redeem = async (request: IncomingMessage) => {
    const form = new URLSearchParams(await text(request));
    const basic = Buffer.from(String(request.headers.authorization).slice(6), 'base64').toString();
    const given = form.get('client_secret') ?? decodeURIComponent(basic.split(':')[1] ?? '');
    const grant = grants.get(form.get('code') ?? '');
    grants.delete(form.get('code') ?? '');
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (given !== provider.clientSecret) throw new Error('invalid_client');
    if (grant?.redirect !== form.get('redirect_uri') || grant.challenge !== verifier) {
      throw new Error('invalid_grant');
    }
    const access = randomBytes(16).toString('hex');
    accesses.set(`Bearer ${access}`, grant.person);
    return { access_token: access, token_type: 'Bearer', id_token: writeToken(grant) };
  };

  const answer = async (
    request: IncomingMessage,
  ): Promise<{ location?: string; body?: unknown; status?: number }> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', issuer);
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return {
          body: {
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            userinfo_endpoint: `${issuer}/userinfo`,
            jwks_uri: `${issuer}/keys`,
            id_token_signing_alg_values_supported: ['RS256'],
            code_challenge_methods_supported: ['S256'],
          },
        };
      case '/keys':
        return {
          body: {
            keys: [{ ...key.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }],
          },
        };
      case '/authorize': {
        const redirect = searchParams.get('redirect_uri') ?? '';
        const code = randomBytes(16).toString('hex');
        grants.set(code, {
          person: provider.person,
          challenge: searchParams.get('code_challenge'),
          nonce: searchParams.get('nonce'),
          redirect,
        });
        const back = new URLSearchParams({ code, state: searchParams.get('state') ?? '' });
        return { location: `${redirect}?${back}` };
      }
      case '/token':
        return { body: await redeem(request) };
      case '/userinfo': {
        const person = accesses.get(request.headers.authorization ?? '');
        return person === undefined ? { status: 401, body: {} } : { body: person };
      }
      default:
        return { status: 404, body: {} };
    }
  };
  return provider;
}
