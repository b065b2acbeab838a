import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/support/browser';

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
    launchOptions,
  },
});
