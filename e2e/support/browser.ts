import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

/** An installed Chromium before Playwright's own: a server without a desktop has one from its package manager. */
const installed =
  process.env.CHROMIUM_PATH ||
  ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'].find((path) => existsSync(path));

/** Where the run keeps what `listFeaturesOff` has found, for the processes of the tests. */
export const FEATURES_OFF = 'TEST_BROWSER_FEATURES_OFF';

/** Processes that Chromium starts in advance, and for its own toolbar: a third of what each new window costs. */
const SPARE = ['SpareRendererForSitePerProcess', 'PreloadTopChromeWebUI'];

/** How Chromium is started: quiet on a closed network, and without its sandbox for root, who cannot have one. */
export const launchOptions = {
  args: [
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ...(process.env[FEATURES_OFF] ? [`--disable-features=${process.env[FEATURES_OFF]}`] : []),
  ],
  ...(installed ? { executablePath: installed } : {}),
};

/**
 * Chromium takes the last list of features to leave off, and none before it: Playwright's own is asked for.
 *
 * @returns that list with ours.
 */
export async function listFeaturesOff(): Promise<string> {
  const server = await chromium.launchServer(launchOptions);
  const lists = server.process().spawnargs.filter((argument) => argument.startsWith('--disable-features='));
  await server.close();
  const [own] = lists.map((list) => list.slice(list.indexOf('=') + 1));
  if (own === undefined) throw new Error('Playwright leaves no feature of Chromium off any more.');
  return [own, ...SPARE].join(',');
}
