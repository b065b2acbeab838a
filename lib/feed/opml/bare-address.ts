/** An address without what all addresses have: what a feed is called that has no name (`lib/store/feed-title.ts`). */
export function bareAddress(url: string): string {
  return url.replace(/^https?:\/\//i, '').replace(/\/+$/, '');
}
