/**
 * Waits until a condition holds, asking every 25 ms.
 *
 * @param read what is looked at; undefined, null and false mean not yet.
 * @param what said when time runs out.
 */
export async function eventually<T>(
  read: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  what: string,
  limitMs = 40_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== null && value !== false) return value;
    if (Date.now() > end) throw new Error(`Not within ${limitMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
