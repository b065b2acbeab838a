import { existsSync } from 'node:fs';
import { defineConfig, firefox, webkit } from '@playwright/test';
import { launchOptions } from './e2e/support/browser';

/** Beside Chromium, what is installed of these (`npx playwright install firefox webkit`) reads, too. */
const others = [firefox, webkit].filter((browser) => existsSync(browser.executablePath()));

/** What does not speak with the browser in Chromium's own way, and plays no phone. */
const EVERYWHERE =
  /(?:add-and-read|reading|reading-(?:full-text|passed|tabs)|no-javascript|search)\.spec\.ts$/;

export default defineConfig({
  testDir: 'e2e',
  globalSetup: './e2e/support/global-setup.ts',
  outputDir: 'test-results',
  // Each has a stack of real processes of its own, and does one test after the other: whichever is next, of any file.
  workers: 2,
  fullyParallel: true,
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
    // To record each test, and throw most of that away, takes an eighth of all the time: `--trace retain-on-failure` does
    // where somebody looks for something. How pages were when a test failed is printed anyway (support/describe-pages.ts).
    trace: 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'chromium', use: { launchOptions } },
    ...others.map((browser) => ({
      name: browser.name(),
      testMatch: EVERYWHERE,
      use: { browserName: browser.name() as 'firefox' | 'webkit' },
    })),
  ],
});
