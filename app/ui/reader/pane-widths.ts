/** Panes whose width can be chosen, in pixels. */
export const PANES = {
  nav: { least: 180, usual: 256, most: 440 },
  list: { least: 260, usual: 376, most: 640 },
} as const;

export type PaneName = keyof typeof PANES;
export type PaneWidths = Record<PaneName, number>;

export const PANES_COOKIE = 'tidings-panes';

const within = (name: PaneName, text: string | undefined) => {
  const { least, usual, most } = PANES[name];
  return Math.min(most, Math.max(least, Number.parseInt(text ?? '', 10) || usual));
};

/** @returns the widths in a cookie's value; the usual ones where it says nothing. */
export function parsePanes(cookie: string | undefined): PaneWidths {
  const [nav, list] = (cookie ?? '').split('.');
  return { nav: within('nav', nav), list: within('list', list) };
}

/** The inverse of `parsePanes`. */
export function writePanes({ nav, list }: PaneWidths): string {
  return `${nav}.${list}`;
}
