import type { ListedItem } from './listed-item';
import { markSeen } from './mark';

/**
 * Marks items as read that are scrolled past: one that has been in sight and then leaves at the top has been.
 *
 * @returns a function that ends it.
 */
export function markPassed(
  scroller: HTMLElement,
  findItem: (id: number) => ListedItem | undefined,
): () => void {
  const seen = new Set<Element>();
  const sight = new IntersectionObserver(
    (entries) => {
      const passed = entries.flatMap(({ target, isIntersecting, boundingClientRect, rootBounds }) => {
        if (isIntersecting) seen.add(target);
        // A row that is taken away, or whose list is, has not been passed: it is nowhere, without a size.
        else if (
          seen.delete(target) &&
          boundingClientRect.height > 0 &&
          boundingClientRect.bottom <= (rootBounds?.top ?? 0)
        ) {
          return findItem(Number(target.getAttribute('data-item'))) ?? [];
        }
        return [];
      });
      markSeen(passed, 'passed');
    },
    { root: scroller },
  );
  const rowsIn = (node: Node) => (node instanceof Element ? [...node.querySelectorAll('[data-item]')] : []);
  for (const row of rowsIn(scroller)) sight.observe(row);
  const growth = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      for (const node of addedNodes) {
        if (node instanceof Element && node.matches('[data-item]')) sight.observe(node);
        for (const row of rowsIn(node)) sight.observe(row);
      }
    }
  });
  growth.observe(scroller, { childList: true, subtree: true });
  return () => {
    growth.disconnect();
    sight.disconnect();
  };
}
