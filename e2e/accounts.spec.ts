import { makeItems, writeRss } from '../test/support/feed-server';
import {
  alertOf,
  expect,
  linkIn,
  makeAccount,
  openOther,
  PASSWORD,
  runUser,
  setUpMember,
  setUpOwner,
  signIn,
  test,
} from './support/accounts';
import { query } from './support/query';
import { awaitLater } from './support/reading';
import { addFeed, follow } from './support/test';

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

test('a key that was pressed where nobody is signed in means nothing to whoever signs in then', async ({
  page,
  stack,
  site,
}) => {
  await setUpOwner(stack, page);
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  await follow(page, `${site.origin}/feed`);
  await page.context().clearCookies();
  await page.goto('/sign-in?to=/settings');
  await expect(page.getByLabel('Name or email address')).toBeEditable();
  await page.evaluate('document.activeElement.blur()');
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await page.getByLabel('Name or email address').fill('Ada');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveURL('/settings');
  // It knows keys from now on, and goes nowhere by those from before.
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL('/settings');
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

test('a wrong password and an unknown name are answered alike', async ({ page, stack }) => {
  await setUpOwner(stack, page);
  await page.context().clearCookies();
  for (const [name, password] of [
    ['ada', 'not the password'],
    ['nobody', PASSWORD],
  ] as const) {
    await signIn(page, name, password);
    await expect(alertOf(page)).toHaveText('That name and password do not belong together.');
    await expect(page.getByLabel('Name or email address')).toHaveValue(name);
  }
  await signIn(page, 'ada');
  await expect(page).toHaveURL('/');
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

test('somebody is invited, and makes an account of their own', async ({ page, stack, browser }) => {
  await setUpOwner(stack, page);
  await page.goto('/admin');
  await page.getByLabel('For whom').fill('Grace');
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  const link = new URL((await page.locator('[data-link]').textContent()) ?? '').pathname;
  await expect(page.getByRole('list', { name: 'Invitations' })).toContainText('Grace');
  const other = await openOther(browser, stack);
  await other.goto(link);
  await other.getByLabel('Name').fill('ADA');
  await other.getByLabel('Password').fill(PASSWORD);
  await other.getByRole('button', { name: 'Make the account' }).click();
  await expect(alertOf(other)).toHaveText('Somebody has that name already.');
  await makeAccount(other, link, 'Grace');
  expect((await other.goto('/admin'))?.status()).toBe(404);
  await other.goto('/settings/account');
  await expect(other.getByRole('link', { name: 'People' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('list', { name: 'People' }).getByRole('listitem')).toHaveCount(2);
  await expect(page.getByRole('list', { name: 'Invitations' })).toHaveCount(0);
  await other.context().close();
});

test('two readers of a feed read it each for themselves', async ({ page, stack, browser, site }) => {
  site.serve('/feed', { body: writeRss('Shared', makeItems(3)) });
  await setUpOwner(stack, page);
  const path = `/feeds/${await follow(page, `${site.origin}/feed`)}`;
  await page.goto(path);
  await page.getByRole('main').getByRole('button', { name: 'Mark all as read' }).click();
  await expect(page.getByRole('main').getByRole('link', { name: /^Unread: / })).toHaveCount(0);
  const other = await setUpMember(stack, browser, 'Grace');
  expect((await other.goto(path))?.status()).toBe(404);
  await other.goto('/feeds/new');
  await addFeed(other, `${site.origin}/feed`);
  await other.waitForURL(path);
  await expect(other.getByRole('main').getByRole('link', { name: /^Unread: / })).toHaveCount(3);
  expect(site.count('/feed')).toBe(1);
  await page.reload();
  await expect(page.getByRole('main').getByRole('link', { name: /^Unread: / })).toHaveCount(0);
  await other.context().close();
});

test('what somebody did is not told as done by who has signed in since in the same browser', async ({
  page,
  stack,
  browser,
  site,
}) => {
  site.serve('/feed', { body: writeRss('Shared', makeItems(3)) });
  await setUpOwner(stack, page);
  await follow(page, `${site.origin}/feed`);
  const other = await setUpMember(stack, browser, 'Grace');
  await follow(other, `${site.origin}/feed`);
  await page.goto('/all');
  await awaitLater(page);
  const own = await page.context().cookies();
  const told = (status: number) =>
    page.waitForResponse((response) => response.url().endsWith('/api/items') && response.status() === status);
  await page.context().clearCookies();
  await page.context().addCookies(await other.context().cookies());
  await Promise.all([told(401), page.keyboard.press('n').then(() => page.keyboard.press('s'))]);
  const starred =
    'SELECT u.username FROM item_states JOIN users u ON u.id = user_id WHERE starred_at IS NOT NULL';
  expect(await query(stack, starred)).toEqual([]);
  const kept = told(200);
  await page.context().clearCookies();
  await page.context().addCookies(own);
  await kept;
  expect(await query(stack, starred)).toEqual([{ username: 'ada' }]);
  await other.context().close();
});

test('a device is signed out from another, and all by a new password', async ({ page, stack, browser }) => {
  await setUpOwner(stack, page);
  const [phone, desk] = [await openOther(browser, stack), await openOther(browser, stack)];
  for (const other of [phone, desk]) {
    await signIn(other, 'ada');
    await other.waitForURL('/');
  }
  await page.goto('/settings/sessions');
  const devices = page.getByRole('list', { name: 'Devices' }).getByRole('listitem');
  await expect(devices).toHaveCount(3);
  await expect(devices.first()).toContainText('this device');
  // The one that has just signed in is the latest seen.
  await devices.nth(1).getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'signed out' })).toBeVisible();
  await expect(devices).toHaveCount(2);
  await desk.goto('/settings/account');
  await expect(desk).toHaveURL('/sign-in?to=%2Fsettings%2Faccount');
  await phone.goto('/settings/account');
  await phone.getByLabel('Present password').fill('not it');
  await phone.getByLabel('New password').fill('another horse entirely');
  await phone.getByRole('button', { name: 'Change the password' }).click();
  await expect(alertOf(phone)).toHaveText('That is not the password of this account.');
  await phone.getByLabel('Present password').fill(PASSWORD);
  await phone.getByLabel('New password').fill('another horse entirely');
  await phone.getByRole('button', { name: 'Change the password' }).click();
  await expect(phone.getByText('The password is changed')).toBeVisible();
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
  await signIn(page, 'ada', 'another horse entirely');
  await page.waitForURL('/');
  for (const other of [phone, desk]) await other.context().close();
});

test('an account is disabled, let in again, and deleted', async ({ page, stack, browser }) => {
  await setUpOwner(stack, page);
  const other = await setUpMember(stack, browser, 'Grace');
  await page.goto('/admin');
  const grace = page.getByRole('list', { name: 'People' }).getByRole('listitem').filter({ hasText: 'Grace' });
  const manage = () => grace.getByText('Manage').click();
  await manage();
  await grace.getByRole('button', { name: 'Disable' }).click();
  await expect(page.getByText('The account is disabled')).toBeVisible();
  await signIn(other, 'Grace');
  await expect(alertOf(other)).toHaveText('This account has been disabled.');
  await manage();
  await grace.getByRole('button', { name: 'Let in again' }).click();
  await expect(page.getByText('The account is open again')).toBeVisible();
  await signIn(other, 'Grace');
  await other.waitForURL('/');
  await manage();
  await grace.getByLabel(/^Type “Grace”/).fill('Ada');
  await grace.getByRole('button', { name: 'Delete the account' }).click();
  await expect(grace.getByRole('alert')).toHaveText('That is not the name of the account.');
  await grace.getByLabel(/^Type “Grace”/).fill('grace');
  await grace.getByRole('button', { name: 'Delete the account' }).click();
  await expect(page.getByText('The account is deleted')).toBeVisible();
  await expect(grace).toHaveCount(0);
  await other.goto('/');
  await expect(other).toHaveURL('/sign-in');
  await other.context().close();
});

test('whoever leaves takes their data along first', async ({ page, stack, browser }) => {
  await setUpOwner(stack, page);
  await page.goto('/settings/account');
  await expect(page.getByText('can be deleted on the command line only')).toBeVisible();
  const other = await setUpMember(stack, browser, 'Grace');
  await other.goto('/settings/account');
  const saved = other.waitForEvent('download');
  await other.getByRole('link', { name: 'Everything (JSON)' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^tidings-.*\.json$/);
  const leaving = other.getByRole('region', { name: 'Delete the account' });
  await leaving.getByLabel('Password').fill(PASSWORD);
  await leaving.getByRole('button', { name: 'Delete my account' }).click();
  await expect(other).toHaveURL('/sign-in');
  await signIn(other, 'Grace');
  await expect(alertOf(other)).toBeVisible();
  await other.context().close();
});
