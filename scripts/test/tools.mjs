import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from '../lib/run.mjs';
import { say } from '../lib/say.mjs';

/** First the one that has no windows to show: tests take a third less time in it. */
const chromiumNames = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];
const chromiumPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];
/** A machine without a network must not wait for a download for ever. */
const downloadTimeoutMs = 300_000;

/**
 * Finds a browser for the browser tests, or installs one: an installed one, Playwright's own, Debian's package.
 *
 * @returns {Promise<string | undefined>} the path of its program
 */
export async function provideChromium() {
  const found = await findChromium();
  if (found) return found;
  say('Installing Chromium for the browser tests');
  await run(process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium'], {
    timeout: downloadTimeoutMs,
  });
  const downloaded = await findChromium();
  if (downloaded) return downloaded;
  await installDebianPackage('chromium-headless-shell');
  if (findOnPath(chromiumNames) === undefined) await installDebianPackage('chromium');
  return findOnPath(chromiumNames);
}

/**
 * Finds a Redis for the tests of the queue, or installs Debian's.
 *
 * @returns {Promise<string | undefined>} the path of its program
 */
export async function provideRedis() {
  const found = findOnPath(['redis-server']);
  if (found) return found;
  say('Installing Redis for the integration tests');
  await installDebianPackage('redis-server');
  return findOnPath(['redis-server']);
}

async function findChromium() {
  const { chromium } = await import('playwright');
  const candidates = [
    process.env.CHROMIUM_PATH,
    findOnPath(chromiumNames),
    ...chromiumPlaces,
    chromium.executablePath(),
  ];
  return candidates.find((path) => path && existsSync(path));
}

/** @param {string[]} names @returns {string | undefined} */
function findOnPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Only root can, and only on Debian and its kin; elsewhere nothing happens. @param {string} name */
async function installDebianPackage(name) {
  if (process.getuid?.() !== 0) return;
  const options = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: downloadTimeoutMs };
  if ((await run('apt-get', ['update'], options)).code !== 0) return;
  await run('apt-get', ['install', '--yes', '--no-install-recommends', name], options);
}
