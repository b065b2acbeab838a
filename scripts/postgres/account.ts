import { stat } from 'node:fs/promises';
import { run } from '../lib/run.mjs';
import { StartError } from '../lib/start-error.mjs';

/** Whom PostgreSQL runs as; empty when that is whoever runs the launcher. */
export type Account = { uid: number; gid: number } | Record<string, never>;

/** The user that is made when there is none; a system's own PostgreSQL keeps `postgres` to itself. */
const ownName = 'tidings';
const knownNames = [ownName, 'postgres', '_postgres'];

/**
 * PostgreSQL refuses to run as root, and initdb wants a user that the system knows by name.
 *
 * @param data the folder of an earlier start: whoever owns it stays its owner.
 * @throws StartError when this is root and there is no other user, nor a way to make one.
 */
export async function chooseAccount(data: string | undefined): Promise<Account> {
  if (process.getuid?.() !== 0) return {};
  const owner = data ? await stat(data).catch(() => undefined) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  for (const name of knownNames) {
    const account = await lookUp(name);
    if (account) return account;
  }
  const created = (await createUser()) ? await lookUp(ownName) : undefined;
  if (created) return created;
  throw new StartError(
    'PostgreSQL does not run as root, and no user could be made for it: start Tidings as an ordinary user, run `useradd --system tidings` first, or set DATABASE_URL.',
  );
}

async function lookUp(name: string): Promise<{ uid: number; gid: number } | undefined> {
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Debian, Fedora and most others have useradd; BusyBox systems have an adduser with options of its own. */
async function createUser(): Promise<boolean> {
  const shadow = ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', ownName];
  if ((await run('useradd', shadow)).code === 0) return true;
  return (await run('adduser', ['-S', '-D', '-H', '-s', '/bin/false', ownName])).code === 0;
}
