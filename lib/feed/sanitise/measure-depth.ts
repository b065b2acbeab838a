/** Shorter HTML cannot nest deep enough to matter. */
const SAFE_LENGTH = 6000;
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)$/;

/**
 * An upper bound of how deep the elements of some HTML nest: for each name what was opened and not closed, together.
 * Linear in the length.
 */
export function measureDepth(html: string): number {
  if (html.length < SAFE_LENGTH) return 0;
  const open = new Map<string, number>();
  let depth = 0;
  let deepest = 0;
  for (const [, slash, tag = ''] of html.matchAll(/<(\/?)([a-z][^\s/>]{0,30})/gi)) {
    const name = tag.toLowerCase();
    const count = open.get(name) ?? 0;
    if (slash && count > 0) {
      open.set(name, count - 1);
      depth -= 1;
    } else if (!slash && !VOID.test(name)) {
      open.set(name, count + 1);
      depth += 1;
      if (depth > deepest) deepest = depth;
    }
  }
  return deepest;
}
