import { findIconLinks } from '@/lib/feed/find-icon-links';
import { convertPicture } from './convert-picture';
import type { IconAnswer, IconTask } from './icon-task';

/** Entry of the process that decodes pictures and pages (see `icon-decoder.ts`). */
async function runTask(task: IconTask): Promise<IconAnswer> {
  if (task.kind === 'picture') {
    return { kind: 'picture', picture: await convertPicture(Buffer.from(task.bytes)) };
  }
  // Whatever the page's encoding: addresses are ASCII, or close to it.
  return { kind: 'links', links: findIconLinks(new TextDecoder().decode(task.bytes), task.url) };
}

const answer = (message: IconAnswer) => process.send?.(message);

process.on('message', (task: IconTask) => {
  // What is thrown ends the process: its parent starts another.
  void runTask(task).then(answer);
});
// A decoder at work does not let its process exit in order.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
answer({ kind: 'ready' });
