/** Whoever presses more while a page wakes up does not mean the page. */
const MOST = 20;

const early: { event: KeyboardEvent; page: string }[] = [];

function keep(event: KeyboardEvent) {
  early.push({ event, page: location.pathname });
  if (early.length === MOST) document.removeEventListener('keydown', keep);
}

/** Keeps the keys that are pressed while nothing listens yet: for the first script of a page. */
export function keepEarlyKeys(): void {
  document.addEventListener('keydown', keep);
}

/**
 * @returns what has been pressed so far on this page, in order, and not on one before it that knows no keys; nothing more is
 * kept, as from now on somebody listens.
 */
export function takeEarlyKeys(): KeyboardEvent[] {
  document.removeEventListener('keydown', keep);
  return early
    .splice(0)
    .filter(({ page }) => page === location.pathname)
    .map(({ event }) => event);
}
