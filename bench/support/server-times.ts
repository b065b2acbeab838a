import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Flags of Node.js with which a web process notes how long each request takes it. */
export const NOTE_TIMES = ['--import', fileURLToPath(new URL('note-times.mjs', import.meta.url))];

/** @returns how long the requests took that a web process has answered since it was last asked, in milliseconds. */
export async function takeTimes(web: ChildProcess): Promise<number[]> {
  const told = once(web, 'message');
  web.send('times');
  const [times] = await told;
  return times;
}
