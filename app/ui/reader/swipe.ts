'use client';

import { type RefObject, useEffect } from 'react';

/** So far a finger has to go before a row follows it, and before something is done; in pixels. */
const SLACK = 14;
const ENOUGH = 76;
const FARTHEST = 120;
/** What begins at the edge of the screen is the system's own gesture. */
const EDGE = 24;

interface Hold {
  row: HTMLElement;
  body: HTMLElement;
  x: number;
  y: number;
  by: number;
  swiping: boolean;
}

function show(hold: Hold) {
  hold.body.style.transform = hold.by === 0 ? '' : `translateX(${hold.by}px)`;
  hold.row.dataset.swipe = hold.by > 0 ? 'right' : 'left';
  if (Math.abs(hold.by) >= ENOUGH) hold.row.dataset.enough = '';
  else delete hold.row.dataset.enough;
}

function rest({ row, body }: Hold) {
  body.style.transform = '';
  delete row.dataset.swipe;
  delete row.dataset.enough;
}

function begin(event: PointerEvent): Hold | null {
  if (event.pointerType !== 'touch' || !(event.target instanceof Element)) return null;
  if (event.clientX < EDGE || event.clientX > window.innerWidth - EDGE) return null;
  const row = event.target.closest<HTMLElement>('[data-item]');
  const body = row?.querySelector<HTMLElement>('.row-body');
  if (!row || !body) return null;
  return { row, body, x: event.clientX, y: event.clientY, by: 0, swiping: false };
}

/**
 * Lets rows be swiped with a finger: to the right and to the left mean something each. Up and down stays with the
 * browser (`touch-action: pan-y`).
 */
function listenToSwipes(list: HTMLElement, onSwipe: (itemId: number, to: 'left' | 'right') => void) {
  let hold: Hold | null = null;
  const ended = new AbortController();
  const on = (name: 'pointerdown' | 'pointermove' | 'pointerup', listener: (event: PointerEvent) => void) =>
    list.addEventListener(name, listener, { signal: ended.signal });
  on('pointerdown', (event) => {
    hold = begin(event);
  });
  on('pointermove', (event) => {
    if (hold === null) return;
    const [dx, dy] = [event.clientX - hold.x, event.clientY - hold.y];
    if (!hold.swiping) {
      if (Math.abs(dy) > SLACK) hold = null;
      if (hold === null || Math.abs(dx) < SLACK) return;
      hold.swiping = true;
      list.setPointerCapture(event.pointerId);
    }
    hold.by = Math.max(-FARTHEST, Math.min(FARTHEST, dx));
    show(hold);
  });
  on('pointerup', () => {
    if (hold?.swiping) {
      rest(hold);
      if (Math.abs(hold.by) >= ENOUGH) onSwipe(Number(hold.row.dataset.item), hold.by > 0 ? 'right' : 'left');
    }
    hold = null;
  });
  list.addEventListener(
    'pointercancel',
    () => {
      if (hold !== null) rest(hold);
      hold = null;
    },
    { signal: ended.signal },
  );
  return () => ended.abort();
}

/** As `listenToSwipes`, while a component is there. */
export function useSwipes(
  list: RefObject<HTMLElement | null>,
  onSwipe: (itemId: number, to: 'left' | 'right') => void,
): void {
  useEffect(() => {
    if (list.current !== null) return listenToSwipes(list.current, onSwipe);
  }, [list, onSwipe]);
}
