/**
 * @returns the feed of a site whose address says by rule where it is, or null.
 */
export function feedUrlForSite(_url: string): string | null {
  return null;
}
