import type { ReactNode } from 'react';
import type { NavFeed } from '@/app/ui/feed-nav';
import { packFeeds } from '@/app/ui/pack-feeds';
import { Keyboard } from '@/app/ui/reader/keyboard';
import { FEEDS_WRITTEN } from '@/app/ui/reader/nav-id';
import { NavPane } from '@/app/ui/reader/nav-pane';
import { PaneDivider } from '@/app/ui/reader/pane-divider';
import { ReaderFrame } from '@/app/ui/reader/reader-frame';
import { Toaster } from '@/app/ui/reader/toaster';
import { TopBar } from '@/app/ui/reader/top-bar';
import { SiteHeader } from '@/app/ui/site-header';
import { currentUser } from '@/lib/auth/current-user';
import { readEnv } from '@/lib/ops/env';
import type { UnreadCounts } from '@/lib/store/count-unread';
import { listFolders } from '@/lib/store/read-folders';
import type { FolderView } from '@/lib/store/settings-views';
import { loadOverview } from './load-feeds';
import { readFolds, readPaneWidths, readReadingSettings } from './read-settings';
import { StatusLine } from './status-line';

// Every page below shows one reader's rows as they are now: nothing of it can be rendered ahead.
export const dynamic = 'force-dynamic';

/** Whoever has more gets them by themselves, once, rather than with each page. */
const MOST_FEEDS_SENT = 150;

/** Of many feeds, those that a page is written with: what stands first in the navigation. */
function firstShown(feeds: readonly NavFeed[], folders: readonly FolderView[], folded: readonly number[]) {
  const open = folders.filter(({ id }) => !folded.includes(id));
  return [...open.map(({ id }) => id), null]
    .flatMap((folder) => feeds.filter(({ folderId }) => folderId === folder).slice(0, FEEDS_WRITTEN))
    .slice(0, FEEDS_WRITTEN);
}

function addUnread(folders: readonly FolderView[], feeds: readonly NavFeed[], counts: UnreadCounts) {
  const sums = new Map<number | null, number>();
  for (const { id, folderId } of feeds) sums.set(folderId, (sums.get(folderId) ?? 0) + (counts[id] ?? 0));
  return folders.map(({ id, name }) => ({ id, name, unread: sums.get(id) ?? 0 }));
}

/** The shell of the reader: on a wide screen the feeds stand beside the page, else a button brings them. */
export default async function ReaderLayout({ children }: { children: ReactNode }) {
  const user = await currentUser();
  const [{ feeds, counts, newestItemId, feedsVersion }, folders, settings, widths, folds] = await Promise.all(
    [loadOverview(user.id), listFolders(user.id), readReadingSettings(), readPaneWidths(), readFolds()],
  );
  const isWhole = feeds.length <= MOST_FEEDS_SENT;
  return (
    <ReaderFrame
      userId={user.id}
      feeds={packFeeds(isWhole ? feeds : firstShown(feeds, folders, folds))}
      feedTotal={feeds.length}
      feedsVersion={feedsVersion}
      folders={addUnread(folders, feeds, counts)}
      counts={JSON.stringify(counts)}
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
      <div className="said">
        <Toaster />
        <StatusLine />
      </div>
    </ReaderFrame>
  );
}
