'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useTransition } from 'react';
import { isPlainClick } from './is-plain-click';

/** Links of `PageLink`, and all that stand in what is marked as having no others. */
const PAGE_LINKS = 'a[data-page], [data-pages] a';

/** Follows links to other pages of the reader without loading what these have in common; one listener for all. */
export function useFollowLinks(): void {
  const router = useRouter();
  const [going, begin] = useTransition();
  // The page that is left stays until the other is here: on a slow network it must say that the click was heard.
  useEffect(() => {
    document.documentElement.toggleAttribute('data-going', going);
  }, [going]);
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || !isPlainClick(event) || !(event.target instanceof Element)) return;
      const link = event.target.closest<HTMLAnchorElement>(PAGE_LINKS);
      if (link === null) return;
      event.preventDefault();
      begin(() =>
        router.push(link.pathname + link.search + link.hash, { scroll: link.dataset.page !== 'stays' }),
      );
    };
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, [router]);
}
