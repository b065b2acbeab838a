import Link from 'next/link';
import { Wordmark } from '@/app/ui/wordmark';
import { Icon } from './line-icon';
import { NAV_ID } from './nav-id';

/** Above a page that is no list, where the feeds are out of sight: what brings them, and the way home. */
export function TopBar() {
  return (
    <div className="top-bar">
      <button type="button" popoverTarget={NAV_ID} aria-label="Feeds" title="Feeds" className="icon-button">
        <Icon name="menu" />
      </button>
      <Link prefetch={false} href="/" className="flex min-h-11 items-center px-1" aria-label="Tidings, home">
        <Wordmark />
      </Link>
      <Link
        prefetch={false}
        href="/feeds/new"
        aria-label="Add a feed"
        title="Add a feed"
        className="icon-button ms-auto"
      >
        <Icon name="plus" />
      </Link>
    </div>
  );
}
