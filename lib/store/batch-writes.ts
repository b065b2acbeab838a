interface Waiting<Entry, Result> {
  entry: Entry;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

interface BatchLimits {
  /** Entries written in one go. */
  most?: number;
  /** Writes under way at the same time. */
  lanes?: number;
}

/**
 * Writes what comes together together: what arrives while a write is under way goes into the next. Nothing waits for a
 * clock, and a single entry is written at once. Entries whose write fails are written again each by itself: one that
 * the database does not take is to fail alone.
 *
 * @param write takes entries, and gives their results in the same order; all or nothing.
 */
export function batchWrites<Entry, Result>(
  write: (entries: Entry[]) => Promise<Result[]>,
  { most = 200, lanes = 1 }: BatchLimits = {},
): (entry: Entry) => Promise<Result> {
  let waiting: Waiting<Entry, Result>[] = [];
  let writing = 0;
  const writeBatch = async (batch: Waiting<Entry, Result>[]): Promise<void> => {
    try {
      const results = await write(batch.map(({ entry }) => entry));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (batch.length === 1) for (const { reject } of batch) reject(error);
      else for (const each of batch) await writeBatch([each]);
    }
  };
  const work = async () => {
    writing += 1;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await writeBatch(batch);
    }
    writing -= 1;
  };
  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      if (writing < lanes) work().catch(reject);
    });
}
