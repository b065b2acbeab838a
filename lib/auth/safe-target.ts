/** Only there to have an origin to stay within. */
const HERE = 'http://here.invalid';

/**
 * @param target where a link or form says to go on to.
 * @returns it as a path of this site; the first page where it leads anywhere else, or back to signing in.
 */
export function toSafeTarget(target: unknown): string {
  if (typeof target !== 'string' || !target.startsWith('/') || target.length > 2000) return '/';
  const url = URL.parse(target, HERE);
  // Browsers read `\` as `/`, and so does the parser: //evil.example and /\evil.example have another origin.
  if (url === null || url.origin !== HERE) return '/';
  if (/^\/(?:sign-in|sign-up|welcome|api)(?:\/|$)/.test(url.pathname)) return '/';
  url.searchParams.delete('_rsc');
  return `${url.pathname}${url.search}`;
}
