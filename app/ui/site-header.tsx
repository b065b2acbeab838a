import Link from 'next/link';
import { ButtonLink } from './button-link';
import { Wordmark } from './wordmark';

/** The way home, and the way to add a feed from wherever one is. */
export function SiteHeader() {
  return (
    <header className="flex items-center justify-between gap-3 px-5 py-3 lg:px-4 lg:pt-4 lg:pb-3">
      <Link
        href="/"
        className="flex min-h-11 items-center rounded-lg lg:px-1.5"
        aria-label="Tidings, first page"
      >
        <Wordmark />
      </Link>
      <ButtonLink href="/feeds/new">
        <span aria-hidden="true" className="text-lg leading-none text-accent">
          +
        </span>
        Add<span className="sr-only"> feed</span>
      </ButtonLink>
    </header>
  );
}
