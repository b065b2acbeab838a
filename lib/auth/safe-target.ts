import { safePath } from '@/lib/ops/safe-path';

/**
 * @param target where a link or form says to go on to after signing in.
 * @returns it as a path of this site; the first page where it leads anywhere else, or back to signing in.
 */
export function toSafeTarget(target: unknown): string {
  const url = new URL(safePath(target), 'http://here.invalid');
  if (/^\/(?:sign-in|sign-up|welcome|api)(?:\/|$)/.test(url.pathname)) return '/';
  // Next's own, of a page that is loaded in parts.
  url.searchParams.delete('_rsc');
  return `${url.pathname}${url.search}`;
}
