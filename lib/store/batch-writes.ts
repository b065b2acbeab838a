/** As many in one statement. */
const MOST = 200;

interface Waiting<Entry, Result> {
  entry: Entry;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Writes what comes together together: what arrives while one statement is under way goes into the next. Nothing
 * waits for a clock, and a single entry is written at once.
 *
 * @param write takes entries, and gives their results in the same order.
 */
export function batchWrites<Entry, Result>(
  write: (entries: Entry[]) => Promise<Result[]>,
): (entry: Entry) => Promise<Result> {
  let waiting: Waiting<Entry, Result>[] = [];
  let writing = false;
  const flush = async () => {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MOST);
      waiting = waiting.slice(MOST);
      try {
        const results = await write(batch.map(({ entry }) => entry));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    writing = false;
  };
  return (entry) =>
    new Promise((resolve, reject) => {
      waiting.push({ entry, resolve, reject });
      flush().catch(reject);
    });
}
