import { join } from 'node:path';

/** Where the bundles of this run are: a process starts from one in a quarter of the time that TypeScript takes. */
export const BUNDLES = 'TEST_BUNDLES';

/** @returns the bundle of a program (`release.js`) where this run has bundles, else its source. */
export function findProgram(file: string, source: string): string {
  const folder = process.env[BUNDLES];
  return folder ? join(folder, file) : source;
}

/** @returns Node's arguments for a program. */
export function commandFor(program: string): string[] {
  return program.endsWith('.ts') ? ['--import', 'tsx', program] : [program];
}

/** @returns what a process that starts others of these programs must know. */
export function passBundles(): Record<string, string> {
  const folder = process.env[BUNDLES];
  return folder ? { [BUNDLES]: folder } : {};
}
