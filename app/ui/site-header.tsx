import Link from 'next/link';
import { ButtonLink } from './button-link';
import { Wordmark } from './wordmark';

/**
 * The way home, and the way to add a feed from wherever one is.
 *
 * @param account the name of whoever is signed in; null where there are no accounts.
 */
export function SiteHeader({ account = null }: { account?: string | null }) {
  return (
    <header className="flex items-center justify-between gap-3 px-5 py-3 lg:px-4 lg:pt-4 lg:pb-3">
      <Link
        href="/"
        className="flex min-h-11 items-center rounded-lg lg:px-1.5"
        aria-label="Tidings, first page"
      >
        <Wordmark />
      </Link>
      {account !== null && (
        <Link
          href="/settings/account"
          title={`Signed in as ${account}`}
          className="ms-auto flex min-h-11 items-center rounded-lg px-2 text-[0.9375rem] hover:text-accent lg:min-h-9"
        >
          Account
        </Link>
      )}
      <ButtonLink href="/feeds/new">
        <span aria-hidden="true" className="text-lg leading-none text-accent">
          +
        </span>
        Add<span className="sr-only"> feed</span>
      </ButtonLink>
    </header>
  );
}
