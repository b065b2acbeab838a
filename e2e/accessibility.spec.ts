import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { makeItems, writeRss } from '../test/support/feed-server';
import { addLink, makeAccount, PASSWORD, test as withAccounts } from './support/accounts';
import { query } from './support/query';
import { addFeed, expect, feedIdOf, itemsOf, test } from './support/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const SCHEMES = ['light', 'dark'] as const;

/** What a page has that WCAG 2.2 AA forbids, in both themes. */
async function findFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
    for (const { id, nodes } of violations)
      for (const { html, failureSummary } of nodes)
        faults.push(`${new URL(page.url()).pathname} ${colorScheme} ${id}: ${html} ${failureSummary}`);
  }
  return faults;
}

test('no page keeps anybody out', async ({ page, site }) => {
  site.serve('/feed', { body: writeRss('Tides', makeItems(3)) });
  await page.goto('/');
  const faults = await findFaults(page);
  await addFeed(page, `${site.origin}/feed`);
  const feedId = await feedIdOf(page);
  await expect(itemsOf(page)).toHaveCount(3);
  const itemId = await page.locator('[data-item]').first().getAttribute('data-item');
  const paths = [
    '/',
    `/feeds/${feedId}`,
    `/all?item=${itemId}`,
    `/items/${itemId}`,
    '/feeds',
    '/folders',
    `/feeds/${feedId}/settings`,
    '/import',
    '/search?q=item',
    '/settings',
    '/feeds/new',
    '/admin/fetching',
    '/not-there',
  ];
  for (const path of paths) {
    await page.goto(path);
    await expect(page.locator('h1').first()).toBeVisible();
    faults.push(...(await findFaults(page)));
  }
  expect(faults).toEqual([]);
});

withAccounts('nor does one about accounts', async ({ page, stack }) => {
  const setup = await addLink(stack, 'SETUP', 'OWNER');
  const faults: string[] = [];
  const look = async (...paths: string[]) => {
    for (const path of paths) {
      await page.goto(path);
      await expect(page.locator('h1').first()).toBeVisible();
      faults.push(...(await findFaults(page)));
    }
  };
  await look('/sign-in?error=provider', '/sign-in/code', setup, '/welcome/none');
  await makeAccount(page, setup, 'Ada');
  await look('/settings/sessions', '/settings/tokens');
  await page.getByLabel('For which program').fill('Lamp');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Make a token' }).click();
  await expect(page.locator('[data-token]')).toBeVisible();
  faults.push(...(await findFaults(page)));
  await look('/settings/account');
  const section = page.getByRole('region', { name: 'Second step' });
  await section.getByLabel('Password').fill(PASSWORD);
  await section.getByRole('button', { name: 'Set up' }).click();
  await expect(section.locator('[data-secret]')).toBeVisible();
  faults.push(...(await findFaults(page)));
  await query(stack, "INSERT INTO users (name, username) VALUES ('Grace', 'grace')");
  await look('/admin/fetching', '/admin');
  await page.getByRole('main').getByText('Manage').click();
  await page.getByRole('button', { name: 'Make an invitation' }).click();
  await expect(page.locator('[data-link]')).toBeVisible();
  faults.push(...(await findFaults(page)));
  expect(faults).toEqual([]);
});
