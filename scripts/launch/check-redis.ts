import { sendRedis } from '../lib/redis-command';
import { StartError } from '../lib/start-error.mjs';

/**
 * Sees whether a Redis can be used at all.
 *
 * @param url as `REDIS_URL` has it; its password is in no message.
 * @throws StartError with one sentence when it cannot.
 */
export async function checkRedis(url: string): Promise<void> {
  const reply = await sendRedis(url, ['PING']);
  if ('ok' in reply) return;
  const reason = 'refused' in reply ? explainRefusal(reply.refused) : explainSilence(reply.unreachable, url);
  throw new StartError(`REDIS_URL cannot be used: ${reason}.`);
}

function explainRefusal(text: string): string {
  if (/^(WRONGPASS|NOAUTH)|^ERR (AUTH|Client sent AUTH|invalid password)/.test(text)) {
    return 'its user or password is missing or wrong';
  }
  return text.replace(/^[A-Z]+ /, '').replace(/\.$/, '');
}

function explainSilence(reason: string, url: string): string {
  const { hostname, port } = new URL(url);
  if (/ECONNREFUSED/.test(reason)) return `nothing answers at ${hostname}:${port || '6379'}`;
  if (/ENOTFOUND|EAI_AGAIN/.test(reason)) return `there is no host called ${hostname}`;
  return `${hostname}:${port || '6379'} does not answer as a Redis does (${reason})`;
}
