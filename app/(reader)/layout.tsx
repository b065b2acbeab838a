import type { ReactNode } from 'react';
import { packFeeds } from '@/app/ui/pack-feeds';
import { Keyboard } from '@/app/ui/reader/keyboard';
import { NavPane } from '@/app/ui/reader/nav-pane';
import { PaneDivider } from '@/app/ui/reader/pane-divider';
import { ReaderFrame } from '@/app/ui/reader/reader-frame';
import { Toaster } from '@/app/ui/reader/toaster';
import { TopBar } from '@/app/ui/reader/top-bar';
import { SiteHeader } from '@/app/ui/site-header';
import { currentUser } from '@/lib/auth/current-user';
import { readEnv } from '@/lib/ops/env';
import { countAll } from '@/lib/store/count-unread';
import { listFolders } from '@/lib/store/read-folders';
import { loadFeeds } from './load-feeds';
import { readFolds, readPaneWidths, readReadingSettings } from './read-settings';
import { StatusLine } from './status-line';

// Every page below shows one reader's rows as they are now: nothing of it can be rendered ahead.
export const dynamic = 'force-dynamic';

/** The shell of the reader: on a wide screen the feeds stand beside the page, else a button brings them. */
export default async function ReaderLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const [feeds, folders, { counts, newestItemId }, settings, widths, folds] = await Promise.all([
    loadFeeds(user.id),
    listFolders(user.id),
    countAll(user.id),
    readReadingSettings(),
    readPaneWidths(),
    readFolds(),
  ]);
  return (
    <ReaderFrame
      userId={user.id}
      feeds={packFeeds(feeds)}
      folders={folders.map(({ id, name }) => ({ id, name }))}
      counts={counts}
      newestItemId={newestItemId}
      settings={settings}
    >
      <div className="shell">
        {/* The browser's own: a router would move the page, not the focus. */}
        <a
          href="#main"
          className="absolute start-3 -top-20 z-50 rounded-lg bg-accent px-4 py-3 font-semibold text-on-accent focus:top-3"
        >
          Skip to content
        </a>
        <TopBar />
        <NavPane head={<SiteHeader />} account={readEnv().AUTH === 'on' ? user.name : null} folded={folds} />
        <PaneDivider pane="nav" label="Width of the feeds" width={widths.nav} />
        <main id="main" tabIndex={-1} className="min-w-0 grow outline-none">
          <div className="page">{children}</div>
        </main>
      </div>
      <Keyboard />
      <Toaster />
      <StatusLine />
    </ReaderFrame>
  );
}
