import { createHash, randomBytes } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import { run } from '../../scripts/lib/run.mjs';
import { type OidcProvider, startOidcProvider } from '../../test/support/oidc-provider';
import { query } from './query';
import { sendForm } from './send-form';
import { SECRET_KEY, type Stack, startStack } from './stack';
import { test as base } from './test';

/** What every account of these tests signs in with. */
export const PASSWORD = 'correct horse battery staple';

const SETTINGS = {
  AUTH: 'on',
  REGISTRATION: 'invitation',
  SECRET_KEY,
};

/** A test on a Tidings with accounts, which has none yet, and a provider that one can sign in through. */
export const test = base.extend<object, { stack: Stack; provider: OidcProvider }>({
  provider: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what is needed
    async ({}, use) => {
      const provider = await startOidcProvider();
      await use(provider);
      await provider.close();
    },
    { scope: 'worker' },
  ],
  stack: [
    async ({ provider }, use) => {
      const stack = await startAccountStack(provider);
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ stack, withWorker }, use) => {
    await stack.empty('users, feeds, sign_in_attempts, verifications, one_time_links');
    if (withWorker) await stack.ensureWorker();
    else await stack.stopWorker();
    await use(stack.url);
  },
});

/** Starts web and database for people with accounts. */
export function startAccountStack(provider: OidcProvider): Promise<Stack> {
  return startStack({
    ...SETTINGS,
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: provider.clientId,
    OIDC_CLIENT_SECRET: provider.clientSecret,
    OIDC_NAME: 'Harbour ID',
    OIDC_SIGN_UP: 'on',
  });
}

export { expect };

/** What a page says is wrong. */
export const alertOf = (page: Page) => page.getByRole('main').getByRole('alert');

/** Runs `npm run user -- …` on a stack. @returns what it prints. */
export async function runUser(stack: Stack, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...SETTINGS, DATABASE_URL: stack.databaseUrl, BASE_URL: stack.url };
  const command = ['--import', 'tsx', 'scripts/user.ts', ...args];
  const { code, stdout, stderr } = await run(process.execPath, command, { env });
  if (code !== 0) throw new Error(stderr);
  return stdout.trim();
}

/** @returns the link in a text, as a path. */
export function linkIn(text: string): string {
  return new URL(/https?:\/\/\S+\/welcome\/\S+/.exec(text)?.[0] ?? '').pathname;
}

/** Fills in the form of a one-time link, and sends it. */
export async function makeAccount(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('main').getByRole('button').click();
  await page.waitForURL('/');
}

/** Signs in with a password. */
export async function signIn(page: Page, name: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('Name or email address').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Makes a one-time link as it is made on the command line or at /admin, in less time. @returns its path. */
export async function addLink(stack: Stack, kind: 'SETUP' | 'INVITATION', role: 'OWNER' | 'MEMBER') {
  const token = randomBytes(32).toString('base64url');
  await query(
    stack,
    `INSERT INTO one_time_links (hash, kind, role, expires_at)
     VALUES ($1, $2::link_kind, $3::user_role, now() + interval '1 day')`,
    [createHash('sha256').update(token).digest(), kind, role],
  );
  return `/welcome/${token}`;
}

/** The same without pages. */
async function makeAccountFirst({ request }: Page, link: string, name: string): Promise<void> {
  const answer = await sendForm(request, link, { name, password: PASSWORD });
  expect(answer.status(), 'the answer of a form that makes an account').toBe(303);
}

/** Makes the owner's account, and signs in with it. */
export async function setUpOwner(stack: Stack, page: Page, name = 'Ada'): Promise<void> {
  await makeAccountFirst(page, await addLink(stack, 'SETUP', 'OWNER'), name);
}

/** Makes somebody's account, in a browser of their own. @returns a page of it, signed in. */
export async function setUpMember(stack: Stack, browser: Browser, name: string): Promise<Page> {
  const page = await openOther(browser, stack);
  await makeAccountFirst(page, await addLink(stack, 'INVITATION', 'MEMBER'), name);
  return page;
}

/** @returns a page of another browser, on the same Tidings. */
export async function openOther(browser: Browser, stack: Stack): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.url });
  return context.newPage();
}
