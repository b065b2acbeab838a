import { existsSync } from 'node:fs';

/** An installed Chromium before Playwright's own: a server without a desktop has one from its package manager. */
const installed =
  process.env.CHROMIUM_PATH || (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);

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
  ],
  ...(installed ? { executablePath: installed } : {}),
};
