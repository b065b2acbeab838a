import { PANES, PANES_COOKIE, type PaneName, type PaneWidths, writePanes } from './pane-widths';
import { cookieText } from './reading-settings';

const STEP = 16;

function readWidths(): PaneWidths {
  const style = getComputedStyle(document.documentElement);
  const read = (name: PaneName) => Number.parseInt(style.getPropertyValue(`--${name}-width`), 10);
  return { nav: read('nav') || PANES.nav.usual, list: read('list') || PANES.list.usual };
}

/**
 * Lets a divider be moved: by pointer or by arrow keys, kept in a cookie.
 *
 * @returns a function that ends it.
 */
export function moveDivider(divider: HTMLElement, pane: PaneName): () => void {
  const { least, most, usual } = PANES[pane];
  let hold: { x: number; width: number } | null = null;
  const move = (wanted: number) => {
    const width = `${Math.round(Math.min(most, Math.max(least, wanted)))}`;
    document.documentElement.style.setProperty(`--${pane}-width`, `${width}px`);
    divider.ariaValueNow = width;
  };
  const keep = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, nor without HTTPS
    document.cookie = cookieText(PANES_COOKIE, writePanes(readWidths()));
  };
  const reset = () => {
    move(usual);
    keep();
  };
  const ended = new AbortController();
  const on = <Name extends keyof HTMLElementEventMap>(
    name: Name,
    listener: (event: HTMLElementEventMap[Name]) => void,
  ) => divider.addEventListener(name, listener, { signal: ended.signal });
  on('keydown', (event) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by === undefined && event.key !== 'Home') return;
    event.preventDefault();
    if (by === undefined) return reset();
    move(readWidths()[pane] + by);
    keep();
  });
  on('pointerdown', (event) => {
    divider.setPointerCapture(event.pointerId);
    hold = { x: event.clientX, width: readWidths()[pane] };
  });
  on('pointermove', (event) => {
    if (hold !== null) move(hold.width + event.clientX - hold.x);
  });
  on('pointerup', () => {
    hold = null;
    keep();
  });
  on('dblclick', reset);
  return () => ended.abort();
}
