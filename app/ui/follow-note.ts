/** What is folded up around a place, or is it itself. */
const OPENED = 'details:not([open])';

/**
 * Goes where a link within an article's text leads, and takes the focus along. The address stays as it is: going back
 * leaves the article, however many notes have been read.
 *
 * @param text the article's: others in the same page may have places of the same name.
 * @returns whether it has such a place
 */
export function followNote(text: HTMLElement, link: HTMLAnchorElement): boolean {
  const place = text.querySelector<HTMLElement>(`[id="${CSS.escape(link.hash.slice(1))}"]`);
  if (place === null) return false;
  for (let fold = place.closest(OPENED); fold !== null; fold = fold.closest(OPENED))
    fold.toggleAttribute('open', true);
  // What the keyboard can reach already stays where it is in its order.
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
  // At once, as the browser does it: nothing moves that somebody might not want to.
  place.scrollIntoView({ block: 'start' });
  return true;
}
