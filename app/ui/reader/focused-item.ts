/** The item whose row has the focus: the one that keys mean. */

/** @returns its id; null where the focus is elsewhere. */
export function focusedItem(): number | null {
  const row = document.activeElement?.closest('.list-pane [data-item]');
  return row ? Number(row.getAttribute('data-item')) : null;
}

/** The item that was to have the focus last: its row may not have been in sight. */
let meant: number | null = null;

/**
 * Brings an item's row into sight.
 *
 * @param focus whether to give it the focus too.
 */
export function focusItem(itemId: number, focus: boolean): void {
  const row = document.querySelector(`.list-pane [data-item="${itemId}"]`);
  row?.scrollIntoView({ block: 'nearest' });
  if (!focus) return;
  meant = itemId;
  row?.querySelector<HTMLElement>('a[data-open]')?.focus({ preventScroll: true });
}

/**
 * Gives an item's row the focus once the page has changed; not where somebody has gone on meanwhile, to another row or
 * elsewhere.
 */
export function focusItemSoon(itemId: number): void {
  const before = document.activeElement;
  meant = itemId;
  requestAnimationFrame(() =>
    setTimeout(() => {
      const now = document.activeElement;
      const hasMoved = now !== before && now !== null && now !== document.body;
      if (meant !== null && !hasMoved) focusItem(meant, true);
    }),
  );
}
