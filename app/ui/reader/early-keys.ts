/** Whoever presses more while a page wakes up does not mean the page. */
const MOST = 20;

const early: KeyboardEvent[] = [];

function keep(event: KeyboardEvent) {
  early.push(event);
  if (early.length === MOST) document.removeEventListener('keydown', keep);
}

/** Keeps the keys that are pressed while nothing listens yet: for the first script of a page. */
export function keepEarlyKeys(): void {
  document.addEventListener('keydown', keep);
}

/** @returns what has been pressed so far, in order; nothing more is kept, as from now on somebody listens. */
export function takeEarlyKeys(): KeyboardEvent[] {
  document.removeEventListener('keydown', keep);
  return early.splice(0);
}
