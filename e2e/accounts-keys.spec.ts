import type { Page } from '@playwright/test';
import { codeOf } from '../test/support/totp';
import { alertOf, expect, PASSWORD, setUpMember, setUpOwner, signIn, test } from './support/accounts';
import { query } from './support/query';

/** Leaves, and comes back with the password. */
async function signInAgain(page: Page, name: string): Promise<void> {
  await page.context().clearCookies();
  await signIn(page, name);
}

async function enterCode(page: Page, code: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Second step');
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Go on' }).click();
}

test('with an authenticator app the password alone opens nothing', async ({ page, stack }) => {
  await setUpOwner(stack, page);
  await page.goto('/settings/account');
  const section = page.getByRole('region', { name: 'Second step' });
  await section.getByLabel('Password').fill('not it');
  await section.getByRole('button', { name: 'Set up an authenticator app' }).click();
  await expect(section.getByRole('alert')).toHaveText('That is not the password of this account.');
  await section.getByLabel('Password').fill(PASSWORD);
  await section.getByRole('button', { name: 'Set up an authenticator app' }).click();
  const secret = (await section.locator('[data-secret]').textContent()) ?? '';
  await section.getByLabel('Code', { exact: true }).fill('000000');
  await section.getByRole('button', { name: 'Finish' }).click();
  await expect(section.getByRole('alert')).toHaveText(/^That code is not right/);
  const first = codeOf(secret);
  await section.getByLabel('Code', { exact: true }).fill(first);
  await section.getByRole('button', { name: 'Finish' }).click();
  const kept = section.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(kept).toHaveCount(10);
  const codes = await kept.allTextContents();

  await signInAgain(page, 'Ada');
  await enterCode(page, '123456');
  await expect(alertOf(page)).toHaveText('That code is not right, or no longer.');
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
  // The code that set it up is used; the next is taken a little early.
  await signIn(page, 'Ada');
  await enterCode(page, first);
  await expect(alertOf(page)).toHaveText(/^That code has been used already/);
  await signIn(page, 'Ada');
  await enterCode(page, codeOf(secret, Date.now() + 30_000));
  await expect(page).toHaveURL('/');

  await signInAgain(page, 'Ada');
  await enterCode(page, codes[0] ?? '');
  await expect(page).toHaveURL('/');
  await signInAgain(page, 'Ada');
  await enterCode(page, codes[0] ?? '');
  await expect(alertOf(page)).toHaveText('That code is not right, or no longer.');
  await page.getByLabel('Code').fill(codes[1] ?? '');
  await page.getByLabel('Do not ask again').check();
  await page.getByRole('button', { name: 'Go on' }).click();
  await expect(page).toHaveURL('/');

  // A browser that is trusted is asked for the password only.
  await page.goto('/settings/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL('/sign-in');
  await signIn(page, 'Ada');
  await expect(page).toHaveURL('/');
  await page.goto('/settings/account');
  await section.getByLabel('Password').last().fill(PASSWORD);
  await section.getByRole('button', { name: 'Stop asking for codes' }).click();
  await expect(page.getByText('No code is asked for any more')).toBeVisible();
  await signInAgain(page, 'Ada');
  await expect(page).toHaveURL('/');
});

/** Has the browser hold passkeys, and unlock them by itself. @returns how to make it stop asking who is there. */
async function addAuthenticator(page: Page): Promise<() => Promise<void>> {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return async () => {
    await client.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  };
}

async function addPasskey(page: Page, password = PASSWORD): Promise<void> {
  const section = page.getByRole('region', { name: 'Passkeys' });
  await section.getByLabel('Password').fill(password);
  await section.getByRole('button', { name: 'Add a passkey' }).click();
}

test('a passkey signs in, until it is removed', async ({ page, stack }) => {
  await addAuthenticator(page);
  await setUpOwner(stack, page);
  await page.goto('/settings/account');
  await addPasskey(page, 'not the password');
  await expect(alertOf(page)).toHaveText('That is not the password of this account.');
  await addPasskey(page);
  await expect(page.getByText('The passkey is added.')).toBeVisible();
  const keys = page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
  await expect(keys).toHaveText([/^Passkey 1/]);
  await addPasskey(page);
  await expect(alertOf(page)).toHaveText('This device has a passkey for your account already.');
  await page.context().clearCookies();
  await page.goto('/starred');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page).toHaveURL('/starred');
  await page.goto('/settings/account');
  await keys.getByRole('button', { name: 'Remove' }).click();
  await expect(page.getByText('The passkey is removed.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(page).toHaveURL('/sign-in');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(alertOf(page)).toHaveText('That passkey is not known here.');
});

/** Signs in with a key that asks nobody anything, as a page would that has been tampered with. */
const ENTER_UNVERIFIED = `(async () => {
  const place = '/api/auth/passkey/';
  const options = await (await fetch(place + 'generate-authenticate-options')).json();
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON({ ...options, userVerification: 'discouraged' });
  const response = (await navigator.credentials.get({ publicKey })).toJSON();
  const answer = await fetch(place + 'verify-authentication', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ response }),
  });
  return answer.status;
})()`;

test('a passkey lets nobody in whom its device has not made sure of', async ({ page, stack }) => {
  const forget = await addAuthenticator(page);
  await setUpOwner(stack, page);
  await page.goto('/settings/account');
  await addPasskey(page);
  await expect(page.getByText('The passkey is added.')).toBeVisible();
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await forget();
  expect(await page.evaluate(ENTER_UNVERIFIED)).toBe(401);
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
});

test('a passkey lets nobody in whose account is disabled', async ({ page, stack, browser }) => {
  await setUpOwner(stack, page);
  const other = await setUpMember(stack, browser, 'Grace');
  await addAuthenticator(other);
  await other.goto('/settings/account');
  await addPasskey(other);
  await expect(other.getByText('The passkey is added.')).toBeVisible();
  await query(stack, "UPDATE users SET disabled_at = now() WHERE name = 'Grace'");
  await other.context().clearCookies();
  await other.goto('/sign-in');
  await other.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(alertOf(other)).toHaveText('This account has been disabled.');
  await other.goto('/');
  await expect(other).toHaveURL('/sign-in');
  await query(stack, 'UPDATE users SET disabled_at = NULL');
  await other.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(other).toHaveURL('/');
  await other.context().close();
});

test('a program has a token: shown once, for as much as it may, until it is revoked', async ({
  page,
  stack,
  playwright,
}) => {
  await setUpOwner(stack, page);
  await page.goto('/settings/tokens');
  const make = async (name: string, may: RegExp) => {
    await page.getByLabel('For which program').fill(name);
    await page.getByLabel(may).check();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Make a token' }).click();
    await expect(page.getByRole('list', { name: 'Tokens' })).toContainText(name);
    return (await page.locator('[data-token]').textContent()) ?? '';
  };
  const reading = await make('Lamp', /^read only/);
  const writing = await make('Pen', /^read, and change/);
  expect(reading).toMatch(/^tidings_[\w-]{43}$/);
  expect(writing).not.toBe(reading);
  await page.reload();
  await expect(page.getByText(/tidings_/)).toHaveCount(0);

  // No browser: neither cookies nor an origin.
  const program = await playwright.request.newContext({ baseURL: stack.url });
  const ask = async (method: string, path: string, token: string, data?: unknown) => {
    const headers = { authorization: `Bearer ${token}` };
    const response = await program.fetch(path, { method, headers, data });
    return response.status();
  };
  expect(await ask('GET', '/api/items?view=unread', reading)).toBe(200);
  expect(await ask('PATCH', '/api/items', reading, { ids: [1], read: true })).toBe(403);
  expect(await ask('PATCH', '/api/items', writing, { ids: [1], read: true })).toBe(200);
  expect(await ask('GET', '/api/items?view=unread', `${reading}x`)).toBe(401);
  await page.reload();
  const lamp = page.getByRole('list', { name: 'Tokens' }).getByRole('listitem').filter({ hasText: 'Lamp' });
  await expect(lamp).toContainText('last used');
  await lamp.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('The token is revoked')).toBeVisible();
  expect(await ask('GET', '/api/items?view=unread', reading)).toBe(401);
  expect(await ask('GET', '/api/items?view=unread', writing)).toBe(200);
  await program.dispose();
});

test('somebody signs up, and in again, through the provider', async ({ page, stack, provider }) => {
  await setUpOwner(stack, page);
  await page.context().clearCookies();
  provider.person = { sub: 'g1', preferred_username: 'Grace', email: 'grace@harbour.example' };
  await page.goto('/starred');
  await page.getByRole('button', { name: 'Sign in with Harbour ID' }).click();
  await expect(page).toHaveURL('/starred');
  await page.goto('/settings/account');
  await expect(page.getByRole('heading', { name: 'Grace' })).toBeVisible();
  await expect(page.getByText('You can sign in with Harbour ID.')).toBeVisible();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByRole('button', { name: 'Sign in with Harbour ID' }).click();
  await expect(page).toHaveURL('/');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the way through the provider is open, too', async ({ page, provider }) => {
    provider.person = { sub: 'g2', preferred_username: 'Grace', email: 'grace@harbour.example' };
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in with Harbour ID' }).click();
    await expect(page).toHaveURL('/');
    await page.goto('/settings/account');
    await expect(page.getByRole('heading', { name: 'Grace' })).toBeVisible();
  });
});
