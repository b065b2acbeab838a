import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{app,lib,workers,scripts,prisma,bench}/**/*.test.ts', 'test/{unit,chaos}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          globalSetup: ['test/support/integration-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // They wait more than they work, but they do take servers and processes of their own.
          maxWorkers: 2,
          // Tests that are concurrent wait side by side.
          maxConcurrency: 20,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
