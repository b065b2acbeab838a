import { exportStates, exportSubscriptions } from '@/lib/store/export-user';

/** Of the file's format; one that cannot be read as before gets another. */
const FORMAT = 1;

async function* writeParts(userId: number, settings: object): AsyncGenerator<string> {
  const { user, folders, subscriptions } = await exportSubscriptions(userId);
  const head = {
    tidings: FORMAT,
    exportedAt: new Date().toISOString(),
    user,
    settings,
    folders,
    subscriptions,
  };
  // The items are written into the object before it is closed.
  yield `${JSON.stringify(head, null, 1).replace(/\n\}$/, '')},\n "items": [`;
  let first = true;
  for await (const states of exportStates(userId)) {
    const lines = states.map((state) => `\n  ${JSON.stringify(state)}`).join(',');
    yield first ? lines : `,${lines}`;
    first = false;
  }
  yield '\n ]\n}\n';
}

/**
 * Writes all that is a user's as JSON, a page of items at a time: as fast as it is taken, whatever there is of it.
 *
 * @param settings what their browser keeps.
 * @returns the file's bytes.
 */
export function exportUser(userId: number, settings: object): ReadableStream<Uint8Array> {
  const parts = writeParts(userId, settings);
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await parts.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await parts.return(undefined);
    },
  });
}
