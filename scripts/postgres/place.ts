import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../lib/run.mjs';
import { fileProblem, StartError } from '../lib/start-error.mjs';
import { type Account, chooseAccount } from './account';
import { type Binaries, copyBinaries, findBinaries } from './binaries';

/** Where PostgreSQL's files are, and whom it runs as. */
export interface Place {
  /** Holds the data (`postgres`) and what belongs to it. */
  home: string;
  data: string;
  account: Account;
  binaries: Binaries;
}

/** Where things go that PostgreSQL's own user cannot reach in root's folders. */
const sharedHome = '/var/lib/tidings';

/** Says, beside data that is kept there, which data folder it belongs to. */
const ownerFile = 'data-dir';

/**
 * Chooses the places. Root's clone often lies where no other user can enter (`/root`): its permissions are
 * left alone; data and programs go to `/var/lib/tidings` then.
 *
 * @param dataDir absolute, exists.
 * @param knownHome where an earlier start put the data.
 * @throws StartError when there is no such place.
 */
export async function choosePlace(dataDir: string, recordedHome: string | undefined): Promise<Place> {
  const knownHome = recordedHome && (await exists(recordedHome)) ? recordedHome : undefined;
  if (knownHome) await refuseCopy(dataDir, knownHome);
  const account = await chooseAccount(join(knownHome ?? dataDir, 'postgres'));
  const binaries = await findBinaries();
  const home = knownHome ?? ((await canWork(account, dataDir)) ? dataDir : await privateHome(dataDir));
  return {
    home,
    data: join(home, 'postgres'),
    account,
    binaries: (await canRun(account, binaries)) ? binaries : await reachableBinaries(account, binaries),
  };
}

async function privateHome(dataDir: string): Promise<string> {
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 16);
  const home = join(sharedHome, name);
  try {
    await mkdir(home, { recursive: true, mode: 0o755 });
    await writeFile(join(home, ownerFile), dataDir);
  } catch (error) {
    throw new StartError(
      `PostgreSQL's user can neither enter ${dataDir} nor be given a place of its own: ${fileProblem(error, home) ?? String(error)}`,
    );
  }
  return home;
}

/** A copied data folder points at the same data as the folder it was copied from: only one may use it. */
async function refuseCopy(dataDir: string, home: string): Promise<void> {
  const path = join(home, ownerFile);
  const owner = await readFile(path, 'utf8').catch(() => dataDir);
  if (owner === dataDir) return;
  if (await exists(join(owner, 'postgres.json'))) {
    throw new StartError(
      `${dataDir} is a copy of ${owner}, and its data is in ${home}: remove postgres.json from the copy to begin with empty data.`,
    );
  }
  await writeFile(path, dataDir);
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function reachableBinaries(account: Account, binaries: Binaries): Promise<Binaries> {
  // A system user that may enter its folder and still not run its programs has another problem: no copy helps.
  if (!('uid' in account)) throw unusable(await run(binaries.postgres, ['--version'], { cwd: '/' }));
  await mkdir(sharedHome, { recursive: true, mode: 0o755 });
  const copy = await copyBinaries(
    binaries,
    join(sharedHome, `programs-${binaries.version}-${process.platform}-${process.arch}`),
  );
  const outcome = await run(copy.postgres, ['--version'], { cwd: '/', ...account });
  if (outcome.code !== 0) throw unusable(outcome);
  return copy;
}

function unusable(outcome: { stderr: string; missing: boolean }): StartError {
  const why = outcome.stderr.trim().split('\n')[0] ?? '';
  return new StartError(
    `The PostgreSQL that comes with Tidings does not run on this system${why ? ` (${why})` : ''}: set DATABASE_URL to use one of your own.`,
  );
}

async function canRun(account: Account, binaries: Binaries): Promise<boolean> {
  const outcomes = await Promise.all(
    [binaries.postgres, binaries.initdb].map((program) =>
      run(program, ['--version'], { cwd: '/', ...account }),
    ),
  );
  return outcomes.every((outcome) => outcome.code === 0);
}

/** Asks the system itself: modes alone do not tell, there are access lists and mounts. */
async function canWork(account: Account, dir: string): Promise<boolean> {
  if (!('uid' in account)) return true;
  return (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', dir], { cwd: '/', ...account })).code === 0;
}
