/** The panes from left to right, each by what in it takes the focus. */
const PANES = [
  ['.nav-pane', '[aria-current="page"], a'],
  ['.list-pane', '[data-current] a[data-open], a[data-open], .list-scroll a'],
  ['.article-pane', '.article-scroll'],
] as const;

/** Moves the focus to the pane beside; what is out of sight is passed over. */
export function movePane(by: 1 | -1): void {
  const here = PANES.findIndex(([pane]) => document.activeElement?.closest(pane));
  const from = here === -1 ? 1 - by : here;
  for (let index = from + by; index >= 0 && index < PANES.length; index += by) {
    const [pane, within] = PANES[index] ?? PANES[1];
    const first = within.split(', ').map((part) => document.querySelector<HTMLElement>(`${pane} ${part}`));
    const target = first.find((element) => element?.checkVisibility());
    if (!target) continue;
    target.focus();
    return;
  }
}
