import type { ComponentProps } from 'react';

interface PageLinkProps extends ComponentProps<'a'> {
  href: string;
  /** Leaves the page scrolled where it is. */
  stays?: boolean;
}

/**
 * A way to another page of Tidings: a plain link, which `useFollowLinks` follows without loading everything anew. Next's
 * own would be 4 kB of script on every page, for what a listener does.
 */
export function PageLink({ stays = false, ...rest }: PageLinkProps) {
  return <a data-page={stays ? 'stays' : ''} {...rest} />;
}
