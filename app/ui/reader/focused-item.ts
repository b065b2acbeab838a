/** The item whose row has the focus: the one that keys mean. */

/** @returns its id; null where the focus is elsewhere. */
export function focusedItem(): number | null {
  const row = document.activeElement?.closest('.list-pane [data-item]');
  return row ? Number(row.getAttribute('data-item')) : null;
}

/**
 * Brings an item's row into sight.
 *
 * @param focus whether to give it the focus too.
 */
export function focusItem(itemId: number, focus: boolean): void {
  const row = document.querySelector(`.list-pane [data-item="${itemId}"]`);
  row?.scrollIntoView({ block: 'nearest' });
  if (focus) row?.querySelector<HTMLElement>('a[data-open]')?.focus({ preventScroll: true });
}
