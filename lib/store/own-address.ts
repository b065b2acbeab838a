/**
 * The address of a feed that is one reader's alone, because it is fetched with that reader's password. A fragment
 * is never sent to a server, and no address that a person types keeps one (lib/service/feed-address.ts): nobody
 * else's subscription, import or redirect can find the row.
 *
 * @param url without a fragment.
 */
export function makeOwnAddress(url: string, userId: number): string {
  return `${url}#private-${userId}`;
}

/** @returns the fragment that marks a feed as one reader's alone; empty for a feed that anybody may read. */
export function readOwnMark(url: string): string {
  return /#private-\d+$/.exec(url)?.[0] ?? '';
}
