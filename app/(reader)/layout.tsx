import type { ReactNode } from 'react';
import { AllFeedsMark } from '@/app/ui/all-feeds-mark';
import { LongFeedNav } from '@/app/ui/long-feed-nav';
import { NavLink } from '@/app/ui/nav-link';
import { NewestMark } from '@/app/ui/newest-mark';
import { packFeeds } from '@/app/ui/pack-feeds';
import { SiteHeader } from '@/app/ui/site-header';
import { currentUser } from '@/lib/auth/current-user';
import { readEnv } from '@/lib/ops/env';
import { loadFeeds } from './load-feeds';
import { StatusLine } from './status-line';

// Every page below shows one reader's rows as they are now: nothing of it can be rendered ahead.
export const dynamic = 'force-dynamic';

/** The shell of the reader: on a wide screen the feeds stand beside the page, on a phone a bar above it. */
export default async function ReaderLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const feeds = await loadFeeds(user.id);
  return (
    <div className="lg:flex">
      {/* The browser's own: a router would move the page, not the focus. */}
      <a
        href="#main"
        className="absolute start-3 -top-20 z-20 rounded-lg bg-accent px-4 py-3 font-semibold text-on-accent focus:top-3"
      >
        Skip to content
      </a>
      <div className="flex flex-col border-line bg-sunk max-lg:border-b lg:sticky lg:top-0 lg:h-dvh lg:w-72 lg:shrink-0 lg:border-e xl:w-80">
        <SiteHeader account={readEnv().AUTH === 'on' ? user.name : null} />
        {feeds.length > 0 && (
          <nav aria-label="Feeds" className="grow overflow-y-auto px-3 pb-6 max-lg:hidden">
            <NavLink href="/">
              <NewestMark />
              Newest
            </NavLink>
            <NavLink href="/feeds">
              <AllFeedsMark />
              All feeds
            </NavLink>
            <h2 className="px-2.5 pt-5 pb-1.5 text-xs font-semibold text-muted">Feeds</h2>
            <LongFeedNav packed={packFeeds(feeds)} />
          </nav>
        )}
      </div>
      <main id="main" tabIndex={-1} className="min-w-0 grow outline-none">
        <div className="mx-auto max-w-[44rem] px-5 pt-7 pb-20 sm:px-8 sm:pt-10">{children}</div>
      </main>
      <StatusLine />
    </div>
  );
}
