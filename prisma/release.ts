import { makeSetupLink } from '@/lib/auth/make-link';
import { readEnv, SettingError } from '@/lib/ops/env';
import { closeStore } from '@/lib/store/client';
import { checkDatabase } from '../scripts/launch/check-database';
import { StartError } from '../scripts/lib/start-error.mjs';
import { deployMigrations } from './migrate';

/**
 * The release process: migrations, once, before any other process of a new version starts. Where one has to sign in and
 * nobody manages the installation yet, it prints the way to do so, and nothing else does.
 */
async function release(): Promise<void> {
  const { DATABASE_URL, AUTH } = readEnv();
  await checkDatabase(DATABASE_URL);
  const applied = await deployMigrations(DATABASE_URL);
  const what = applied.length === 0 ? 'was up to date' : `got ${applied.length} migration(s)`;
  process.stdout.write(`The database ${what}.\n`);
  if (AUTH === 'off') return;
  const link = await makeSetupLink().finally(closeStore);
  if (link !== null)
    process.stdout.write(`Set up your account within 7 days, with a link that works once: ${link}\n`);
}

// The engine leaves a timer of ten seconds behind, for its own lock: nothing to wait for.
const exit = (status: number) => process.exit(status);

release().then(
  () => exit(0),
  (error: unknown) => {
    const reason =
      error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    const sentence =
      error instanceof SettingError || error instanceof StartError
        ? reason
        : `The database cannot be migrated: ${reason}`;
    process.stderr.write(`${sentence}\n`);
    exit(1);
  },
);
