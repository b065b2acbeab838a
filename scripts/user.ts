import { existsSync } from 'node:fs';
import { closeStore } from '@/lib/store/client';
import { complain, say } from './lib/say.mjs';
import { StartError, sentenceOf } from './lib/start-error.mjs';
import { findDatabase } from './user/find-database';
import { runCommand } from './user/run-command';

/** `npm run user -- …`, and `node dist/user.js …` in a deployment: accounts, from the command line. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  process.env.DATABASE_URL = await findDatabase();
  for (const line of await runCommand(process.argv.slice(2)).finally(closeStore)) say(line);
}

main().catch((error: unknown) => {
  complain(error instanceof StartError ? error.message : sentenceOf(error));
  process.exitCode = 1;
});
