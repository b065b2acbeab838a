import { fileURLToPath } from 'node:url';
import { readEnv } from '../lib/ops/env';
import { explainPort, refuseOpenDoor } from './launch/access';
import { tryPort } from './lib/ports.mjs';
import { complain } from './lib/say.mjs';
import { StartError, sentenceOf } from './lib/start-error.mjs';
import { hardenServers } from './web/harden-servers';
import { logConsole } from './web/log-console';

/** The web process: Next's standalone server, with Tidings' settings and a bounded stop. */

/** A page never waits for somebody else's server; what takes longer than this hangs. */
const stopTimeoutMs = 5000;

const server = new URL('../.next/standalone/server.js', import.meta.url);

/** Next finishes the requests at hand and ends; this sees to it that it does, with status 0. */
function stopWhenTold(): void {
  let told = false;
  const begin = () => {
    if (told) return;
    told = true;
    process.on('exit', () => {
      process.exitCode = 0;
    });
    setTimeout(() => process.exit(0), stopTimeoutMs).unref();
    // Next listens once its server does; before that there is nothing to finish.
    if (process.listenerCount('SIGTERM') === 1) process.exit(0);
  };
  process.on('SIGTERM', begin);
  process.on('SIGINT', begin);
  // The launcher was killed: the channel to it has closed.
  process.on('disconnect', () => process.emit('SIGTERM'));
}

async function main(): Promise<void> {
  const env = readEnv();
  refuseOpenDoor(env);
  const found = await tryPort(env.PORT, env.HOST);
  if ('code' in found) throw new StartError(explainPort('PORT', env.PORT, env.HOST, found.code));
  // Next's server changes the working directory, and reads these two names.
  const HOSTNAME = env.HOST.replace(/^\[|\]$/g, '');
  Object.assign(process.env, { DATA_DIR: env.DATA_DIR, PORT: String(found.port), HOSTNAME });
  logConsole();
  hardenServers(env, fileURLToPath(new URL('.next/static', server)));
  await import(server.href);
}

stopWhenTold();
main().catch((error: unknown) => {
  complain(sentenceOf(error));
  process.exit(1);
});
