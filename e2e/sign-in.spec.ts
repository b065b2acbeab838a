import type { Page } from '@playwright/test';
import {
  expect,
  linkIn,
  makeAccount,
  openOther,
  PASSWORD,
  runUser,
  setUpOwner,
  signIn,
  test,
} from './support/accounts';

const alertOf = (page: Page) => page.getByRole('main').getByRole('alert');

test('nothing is shown to whoever is not signed in, who comes back to where they wanted', async ({
  page,
  stack,
  browser,
}) => {
  await setUpOwner(stack, page);
  const other = await openOther(browser, stack);
  await other.goto('/feeds?state=failing');
  await expect(other).toHaveURL('/sign-in?to=%2Ffeeds%3Fstate%3Dfailing');
  const answer = await other.request.get('/api/feeds/1/status');
  expect(answer.status()).toBe(401);
  expect(await answer.json()).toMatchObject({ error: { code: 'signed-out' } });
  await other.getByLabel('Name or email address').fill('ADA');
  await other.getByLabel('Password').fill(PASSWORD);
  await other.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(other).toHaveURL('/feeds?state=failing');
  await other.context().close();
});

test('the owner is made with a link that works once', async ({ page, stack, browser }) => {
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
  const link = linkIn(await runUser(stack, 'setup'));
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Set up your account');
  await page.getByLabel('Name').fill('ada lovelace');
  await page.getByLabel('Password').fill('too short');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(alertOf(page)).toHaveText(/^A name has letters/);
  await page.getByLabel('Name').fill('Ada');
  await page.getByLabel('Password').fill('too short');
  await page.getByRole('button', { name: 'Set up' }).click();
  await expect(alertOf(page)).toHaveText(/^The password is too short/);
  await expect(page.getByLabel('Name')).toHaveValue('Ada');
  await makeAccount(page, link, 'Ada');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What would you like to follow?');
  const other = await openOther(browser, stack);
  await other.goto(link);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link leads nowhere');
  await other.context().close();
  await expect(runUser(stack, 'setup')).rejects.toThrow(/manages this installation already/);
});

test('a wrong password and an unknown name are answered alike, and only so often', async ({
  page,
  stack,
}) => {
  await setUpOwner(stack, page);
  await page.context().clearCookies();
  const says = async (name: string, password: string) => {
    await signIn(page, name, password);
    await expect(alertOf(page)).toBeVisible();
    return alertOf(page).textContent();
  };
  const wrong = await says('ada', 'not the password');
  expect(await says('nobody', 'not the password')).toBe(wrong);
  for (let attempt = 2; attempt <= 10; attempt++) expect(await says('Ada', 'guess')).toBe(wrong);
  expect(await says('ada', PASSWORD)).toMatch(/^Too many attempts\. Try again in 15 minutes\.$/);
});

test('signing out ends the session, without JavaScript as well', async ({ browser, stack, page }) => {
  await setUpOwner(stack, page);
  const context = await browser.newContext({ baseURL: stack.url, javaScriptEnabled: false });
  const plain = await context.newPage();
  await signIn(plain, 'Ada');
  await expect(plain).toHaveURL('/');
  const cookies = await context.cookies();
  const session = cookies.find(({ name }) => name === 'tidings.session_token');
  expect(session).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await plain.goto('/settings/account');
  await plain.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(plain).toHaveURL('/sign-in');
  // The cookie as it was opens nothing any more.
  await context.addCookies(cookies);
  await plain.goto('/');
  await expect(plain).toHaveURL('/sign-in');
  await context.close();
});
