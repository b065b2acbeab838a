import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longer than their size says: begun first, they are not what is waited for at the end. */
const LONG =
  /(chaos|claims|image|launcher(-hang)?|merge-feeds|outage|oversee-fetching|ownership|recovery|user-command)\.test\.ts$/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    sequence: { sequencer: LongFirst },
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
          maxWorkers: 3,
          // Tests that are concurrent wait side by side.
          maxConcurrency: 20,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
