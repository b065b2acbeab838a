import { readFileSync, writeFileSync } from 'node:fs';
import { say } from './lib/say.mjs';

/**
 * Adds the packages for other platforms that npm left out of package-lock.json. npm leaves out an optional
 * package that the registry it asked does not have, and `npm ci` then refuses the file, there and everywhere.
 * Run it after `npm install` on a network with a registry of its own.
 */

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[], optionalDependencies?: Record<string, string> }} Entry
 */

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'wasm32',
  'x64',
];
/** @type {Record<string, string>} */
const otherNames = {
  windows: 'win32',
  wasi: 'wasm32',
  armv7: 'arm',
  gnueabihf: 'arm',
  musleabihf: 'arm',
  universal: '',
};

/** @param {string} name of a package, such as `@next/swc-linux-x64-musl` @returns {Entry} where it can run */
function platformOf(name) {
  const parts = name.split(/[/-]/).map((part) => otherNames[part] ?? part);
  const os = systems.filter((system) => parts.includes(system));
  const cpu = processors.filter((processor) => parts.includes(processor));
  const libc = name.includes('musl') ? ['musl'] : /gnu|glibc/.test(name) ? ['glibc'] : [];
  return {
    ...(cpu.length ? { cpu } : {}),
    ...(os.length ? { os } : {}),
    ...(libc.length && os[0] === 'linux' ? { libc } : {}),
  };
}

/**
 * @param {Record<string, Entry>} packages as package-lock.json has them
 * @returns {Record<string, Entry>} those that are asked for and not there
 */
export function findMissing(packages) {
  /** @type {Record<string, Entry>} */
  const missing = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const places = [`${path}/node_modules/${name}`, `node_modules/${name}`];
      if (places.some((place) => packages[place])) continue;
      missing[`node_modules/${name}`] = {
        version: range.replace(/^[\^~]/, ''),
        ...platformOf(name),
        ...(entry.dev ? { dev: true } : {}),
        optional: true,
      };
    }
  }
  return missing;
}

if (process.argv[1] === import.meta.filename) {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const missing = findMissing(lock.packages);
  const sorted = Object.entries({ ...lock.packages, ...missing }).sort(([a], [b]) =>
    a.localeCompare(b, 'en'),
  );
  writeFileSync(
    'package-lock.json',
    `${JSON.stringify({ ...lock, packages: Object.fromEntries(sorted) }, null, 2)}\n`,
  );
  say(`Added ${Object.keys(missing).length} packages`);
}
