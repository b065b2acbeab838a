const REMEMBERED_MS = 3_600_000;
const REMEMBERED = 2000;

/** What was found for a site lately: its other feeds show the same. */
export interface SharedIcons {
  /** @returns the icon's id, null when the site has none, undefined when it was not asked lately. */
  recall(site: string): number | null | undefined;
  remember(site: string, iconId: number | null): void;
}

/** @param now in milliseconds since 1970. */
export function rememberIcons(now: () => number = Date.now): SharedIcons {
  const known = new Map<string, { iconId: number | null; until: number }>();
  return {
    recall(site) {
      const entry = known.get(site);
      return entry !== undefined && entry.until > now() ? entry.iconId : undefined;
    },
    remember(site, iconId) {
      known.delete(site);
      known.set(site, { iconId, until: now() + REMEMBERED_MS });
      const [oldest] = known.keys();
      if (known.size > REMEMBERED && oldest !== undefined) known.delete(oldest);
    },
  };
}
