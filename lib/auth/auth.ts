import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { nextCookies } from 'better-auth/next-js';
import { genericOAuth, twoFactor, username } from 'better-auth/plugins';
import { readEnv } from '@/lib/ops/env';
import { log } from '@/lib/ops/log';
import { NO_ADDRESS, openAuthAdapter } from '@/lib/store/auth-adapter';
import { isDisabled } from '@/lib/store/manage-users';
import { readBaseAddress } from './base-address';
import { readCookieOptions } from './cookie-options';
import { deriveKey } from './derive-key';
import { countCodeUse } from './limit-attempts';
import { chooseName, NAME_PATTERN } from './names';
import { hashPassword, LONGEST_PASSWORD, SHORTEST_PASSWORD, verifyPassword } from './password';
import { PROLONG_S, SESSION_S } from './session-times';
import { verifiedPasskeys } from './verified-passkeys';

/** The provider's name in `accounts` and in the address that it comes back to. */
export const OIDC = 'oidc';

/** What `verifyTOTP` throws where the code was right, and another session has been made with it. */
export const CODE_USED = 'CODE_USED';

/** What happens to a row on its way into the database. */
const databaseHooks = {
  user: {
    create: {
      before: async (user) => {
        const name = await chooseName(user);
        return { data: { ...user, name, username: name.toLowerCase() } };
      },
    },
  },
  session: {
    create: {
      before: async (session, context) => {
        const userId = Number(session.userId);
        // A code is good for one session (RFC 6238, 5.2). Who has got here with it has shown that it is right.
        if (
          context?.path === '/two-factor/verify-totp' &&
          (await countCodeUse(userId, context.body.code)) > 1
        )
          throw new APIError('UNAUTHORIZED', { code: CODE_USED, message: 'This code has been used.' });
        // However one has got in: whoever is kept out gets no session. A provider's way back has its own page for that.
        if (!(await isDisabled(userId))) return;
        if (!context?.path.startsWith('/passkey/')) return false;
        throw new APIError('FORBIDDEN', { code: 'DISABLED', message: 'This account has been disabled.' });
      },
    },
  },
  account: {
    // A provider is asked once who somebody is. What else its tokens would open is none of our business.
    create: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
    update: { before: async (account) => ({ data: { ...account, ...NO_TOKENS } }) },
  },
} satisfies BetterAuthOptions['databaseHooks'];

const NO_TOKENS = { accessToken: null, refreshToken: null, idToken: null };

function oidcPlugins() {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_SIGN_UP } = readEnv();
  if (OIDC_ISSUER === undefined || OIDC_CLIENT_ID === undefined) return [];
  return [
    genericOAuth({
      config: [
        {
          providerId: OIDC,
          clientId: OIDC_CLIENT_ID,
          ...(OIDC_CLIENT_SECRET !== undefined && { clientSecret: OIDC_CLIENT_SECRET }),
          discoveryUrl: `${OIDC_ISSUER.replace(/\/+$/, '')}/.well-known/openid-configuration`,
          requireIdTokenVerification: true,
          scopes: ['openid', 'profile', 'email'],
          disableSignUp: OIDC_SIGN_UP === 'off',
          mapProfileToUser: ({ preferred_username, name, email, sub }) => ({
            name: String(preferred_username ?? name ?? ''),
            email: String(email ?? `${sub}${NO_ADDRESS}`),
          }),
        },
      ],
    }),
  ];
}

function createAuth(plugins: ReturnType<typeof oidcPlugins>) {
  return betterAuth({
    appName: 'Tidings',
    baseURL: readBaseAddress(),
    basePath: '/api/auth',
    secret: deriveKey('sessions').toString('base64'),
    database: openAuthAdapter(),
    telemetry: { enabled: false },
    logger: { log: (level, message) => log[level === 'debug' ? 'debug' : level]({ part: 'auth' }, message) },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { hash: hashPassword, verify: ({ hash, password }) => verifyPassword(hash, password) },
    },
    session: { expiresIn: SESSION_S, updateAge: PROLONG_S, freshAge: 0 },
    account: {
      // Whoever is signed in connects their account, whatever address the provider has; nothing else connects any.
      accountLinking: {
        enabled: true,
        disableImplicitLinking: true,
        allowDifferentEmails: true,
        trustedProviders: [OIDC],
      },
    },
    user: { additionalFields: { role: { type: 'string', input: false } } },
    // Pages, actions and the few routes that are open count attempts themselves (limit-attempts.ts).
    rateLimit: { enabled: false },
    // Its own page of errors is closed (handle-request.ts).
    onAPIError: { errorURL: '/sign-in' },
    advanced: {
      ...readCookieOptions(),
      database: { generateId: 'serial' },
      // Not what the client sent, but what the web process has put in its place (lib/ops/sender.ts).
      ipAddress: { ipAddressHeaders: ['x-forwarded-for'] },
    },
    databaseHooks,
    plugins: [
      username({
        minUsernameLength: 1,
        maxUsernameLength: 40,
        usernameValidator: (name) => NAME_PATTERN.test(name),
        displayUsername: false,
      }),
      twoFactor({ issuer: 'Tidings', allowPasswordless: true }),
      passkey({ rpName: 'Tidings', origin: readBaseAddress(), ...verifiedPasskeys }),
      ...plugins,
      nextCookies(),
    ],
  });
}

type Auth = ReturnType<typeof createAuth>;

/** Next bundles routes apart from each other: one a process, wherever it is imported. */
const shared = globalThis as typeof globalThis & { tidingsAuth?: Auth; tidingsOidc?: Auth };

/** Signs in and out, in this process. */
export function openAuth(): Auth {
  shared.tidingsAuth ??= createAuth([]);
  return shared.tidingsAuth;
}

/** The same with the OpenID Connect provider, which it asks how it works: while that is down, passwords still do. */
export function openOidcAuth(): Auth {
  shared.tidingsOidc ??= createAuth(oidcPlugins());
  return shared.tidingsOidc;
}

/** So that it is asked anew: an answer that does not come would be waited for again and again. */
export function forgetOidcAuth(): void {
  delete shared.tidingsOidc;
}
