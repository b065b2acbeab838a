import { existsSync } from 'node:fs';

interface ThreadEntry {
  filename: string;
  execArgv: string[];
}

/** TypeScript, run through tsx. */
export function runSource(source: URL): ThreadEntry {
  return { filename: source.href, execArgv: ['--import', 'tsx'] };
}

/**
 * @param name of a thread's file in this folder, without its ending; bundles all lie beside each other, under the last
 *   part of that name.
 * @returns the bundle beside this file where there is one, else the source.
 */
export function findThreadEntry(name: string): ThreadEntry {
  const bundled = new URL(`./${name.split('/').at(-1)}.js`, import.meta.url);
  return existsSync(bundled)
    ? { filename: bundled.href, execArgv: [] }
    : runSource(new URL(`./${name}.ts`, import.meta.url));
}
