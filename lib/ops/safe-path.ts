/** Nothing of ours has a longer address. */
const LONGEST_PATH = 2000;
/** Never looked up: only there to resolve paths against. */
const HERE = 'http://tidings.invalid';

/**
 * Where to go next, as a form or an address says, when that is a place of ours: everything else leads to `otherwise`.
 *
 * What browsers make of an address counts, not how it is written: `/\evil.example` and `/a/..//evil.example` lead to
 * another server (WHATWG URL, section 4.4).
 *
 * @param wanted whatever was sent.
 * @returns a path with its query and fragment, which begins with one slash.
 */
export function safePath(wanted: unknown, otherwise = '/'): string {
  if (typeof wanted !== 'string' || wanted.length > LONGEST_PATH) return otherwise;
  // Browsers drop tabs and line ends from addresses, and take a backslash for a slash.
  if (!/^\/(?![/\\])[^\\\s\p{Cc}]*$/u.test(wanted)) return otherwise;
  const url = URL.parse(wanted, HERE);
  if (url === null || url.origin !== HERE) return otherwise;
  const path = `${url.pathname}${url.search}${url.hash}`;
  return path.startsWith('//') ? otherwise : path;
}
