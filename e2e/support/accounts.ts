import { randomBytes } from 'node:crypto';
import { type Browser, expect, type Page } from '@playwright/test';
import { run } from '../../scripts/lib/run.mjs';
import { query } from './query';
import { type Stack, startStack } from './stack';
import { test as base } from './test';

/** What every account of these tests signs in with. */
export const PASSWORD = 'correct horse battery staple';

const SETTINGS = {
  AUTH: 'on',
  REGISTRATION: 'invitation',
  SECRET_KEY: randomBytes(32).toString('base64'),
};

/** A test on a Tidings with accounts, which has none yet. */
export const test = base.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what is needed
    async ({}, use) => {
      const stack = await startStack(SETTINGS);
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: async ({ stack }, use) => {
    await query(stack, 'TRUNCATE users, feeds, sign_in_attempts, verifications, one_time_links CASCADE');
    await use(stack.url);
  },
});

export { expect };

/** Runs `npm run user -- …` on a stack. @returns what it prints. */
export async function runUser(stack: Stack, ...args: string[]): Promise<string> {
  const env = { ...process.env, ...SETTINGS, DATABASE_URL: stack.databaseUrl, BASE_URL: stack.url };
  const { code, stdout, stderr } = await run(
    process.execPath,
    ['--import', 'tsx', 'scripts/user.ts', ...args],
    {
      env,
    },
  );
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

/** Makes the owner's account, and signs in with it. */
export async function setUpOwner(stack: Stack, page: Page, name = 'Ada'): Promise<void> {
  await makeAccount(page, linkIn(await runUser(stack, 'setup')), name);
}

/** @returns a page of another browser, on the same Tidings. */
export async function openOther(browser: Browser, stack: Stack): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.url });
  return context.newPage();
}
