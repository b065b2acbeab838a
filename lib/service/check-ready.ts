import { pingQueue } from '@/lib/queue/producer';
import { pingStore } from '@/lib/store/client';

const LIMIT_MS = 2000;

export interface Readiness {
  ready: boolean;
  /** 'ok', or what is wrong. */
  database: string;
  queue: string;
}

async function probe(what: string, ping: () => Promise<void>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), LIMIT_MS);
  });
  try {
    await Promise.race([ping(), limit]);
    return 'ok';
  } catch {
    // What exactly is for the log of that server: this answer is public.
    return `the ${what} does not answer`;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether this process could do its work: the database and the queue both answer within two seconds. */
export async function checkReady(): Promise<Readiness> {
  const [database, queue] = await Promise.all([
    probe('database', pingStore),
    probe('queue', () => pingQueue(LIMIT_MS)),
  ]);
  return { ready: database === 'ok' && queue === 'ok', database, queue };
}
