import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';
import { StartError } from '../lib/start-error.mjs';
import { cleanEnv } from './clean-env';
import type { Place } from './place';
import { explainOutput } from './problem';

/** Written to postgresql.conf, where an operator may change them. */
const settings = {
  max_connections: '100',
  shared_buffers: '128MB',
  // Many small writes come from the workers; fewer, larger checkpoints write fewer full pages.
  max_wal_size: '1GB',
  // Short queries only: compiling them costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
};

/**
 * The character classes that full-text search uses come from the system's locale, also with the builtin
 * provider. With plain `C`, every character beyond ASCII counts as a letter: “quoted” is one word with its
 * quotation marks. So the best locale that the system has is taken.
 */
const characterLocales = ['C.UTF-8', 'en_US.UTF-8', 'C'];

/**
 * @returns whether a cluster is there, made by a PostgreSQL of the same major version.
 * @throws StartError when it was made by another one.
 */
export async function hasCluster(place: Place): Promise<boolean> {
  const found = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (found === undefined) return false;
  const version = found.trim();
  if (version === place.binaries.major) return true;
  throw new StartError(
    `The data in ${place.data} was made by PostgreSQL ${version}, and this Tidings brings PostgreSQL ${place.binaries.major}: see "Another PostgreSQL version" in docs/operations.md.`,
  );
}

/**
 * Makes a new cluster. It appears whole: a start that was cut off leaves nothing that the next takes for data.
 *
 * @param flags more of initdb's own, for tests.
 * @throws StartError when the disk is full, for example.
 */
export async function createCluster(place: Place, password: string, flags: string[] = []): Promise<void> {
  const half = `${place.data}.new`;
  await rm(half, { recursive: true, force: true });
  await refuseForeignData(place.data);
  const passwordFile = join(place.home, `password-${randomBytes(6).toString('hex')}`);
  try {
    await mkdir(half, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if ('uid' in place.account) {
      for (const path of [half, passwordFile]) await chown(path, place.account.uid, place.account.gid);
    }
    await initialise(place, half, passwordFile, flags);
    await rename(half, place.data);
  } finally {
    await rm(passwordFile, { force: true });
    await rm(half, { recursive: true, force: true });
  }
}

async function refuseForeignData(data: string): Promise<void> {
  const exists = await stat(data).catch(() => undefined);
  if (exists) {
    throw new StartError(
      `${data} exists and is not the data of a PostgreSQL: move it away or set DATA_DIR to another folder.`,
    );
  }
}

async function initialise(
  place: Place,
  folder: string,
  passwordFile: string,
  flags: string[],
): Promise<void> {
  let output = '';
  for (const locale of characterLocales) {
    const outcome = await run(
      place.binaries.initdb,
      [
        `--pgdata=${folder}`,
        '--username=postgres',
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        `--lc-ctype=${locale}`,
        '--no-instructions',
        ...Object.entries(settings).flatMap(([name, value]) => ['--set', `${name}=${value}`]),
        ...flags,
      ],
      { cwd: '/', env: cleanEnv(), ...place.account },
    );
    if (outcome.code === 0) return;
    output = outcome.stderr + outcome.stdout;
    if (!/locale/i.test(outcome.stderr)) break;
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { mode: 0o700 });
    if ('uid' in place.account) await chown(folder, place.account.uid, place.account.gid);
  }
  throw explainOutput('PostgreSQL could not make its files', output, place.data);
}

/** Sets the superuser's password anew when the file that kept it was lost; the server must not be running. */
export async function resetPassword(place: Place, password: string): Promise<void> {
  const outcome = await run(
    place.binaries.postgres,
    ['--single', '-D', place.data, '-c', 'log_min_messages=fatal', 'postgres'],
    {
      cwd: '/',
      env: cleanEnv(),
      input: `ALTER ROLE postgres PASSWORD '${password}'\n`,
      ...place.account,
    },
  );
  if (outcome.code !== 0) throw explainOutput('PostgreSQL did not open its data', outcome.stderr, place.data);
}
