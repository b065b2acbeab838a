import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

/** An installed Chromium before Playwright's own: a server without a desktop has one from its package manager. */
const installed =
  process.env.CHROMIUM_PATH || (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);

/** Quiet on a closed network. Root has no sandbox. */
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: 'test-results',
  // One stack of real processes serves all tests, one after the other.
  workers: 1,
  // A test that needs a second try hides something.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    // Far from the server's: what it writes about dates and numbers must not differ when the page wakes up.
    timezoneId: 'Pacific/Auckland',
    locale: 'de-CH',
    viewport: { width: 1280, height: 800 },
    trace: 'retain-on-failure',
    launchOptions: { args: flags, ...(installed ? { executablePath: installed } : {}) },
  },
});
