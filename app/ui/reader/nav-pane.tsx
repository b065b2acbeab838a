'use client';

import { usePathname } from 'next/navigation';
import { type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState, useTransition } from 'react';
import { FeedNav, type NavFeed } from '@/app/ui/feed-nav';
import { CountMark } from './count-mark';
import { useFrame } from './frame-context';
import { isPlainClick } from './is-plain-click';
import { Icon, type IconName } from './line-icon';
import { NavFolderGroup } from './nav-folder';
import { FEEDS_WRITTEN, FOLDS_COOKIE, NAV_ID } from './nav-id';
import { cookieText } from './reading-settings';

/** What else belongs to a row. */
const PARTS: Record<string, RegExp> = {
  '/unread': /^\/$/,
  '/settings': /^\/(admin|settings\/(tokens|sessions))/,
};

function NavRow({
  href,
  icon,
  current,
  title,
  children,
}: {
  href: string;
  icon: IconName;
  current: string;
  title?: string;
  children: ReactNode;
}) {
  const here = current === href || PARTS[href]?.test(current);
  return (
    <a href={href} aria-current={here ? 'page' : undefined} className="nav-link" title={title}>
      <Icon name={icon} />
      {children}
    </a>
  );
}

/** Which folders are folded away: kept in a cookie, so that the server writes them so. */
function useFolds(rendered: readonly number[]) {
  const [folded, setFolded] = useState(() => new Set(rendered));
  const toggle = (id: number, open: boolean) => {
    const next = new Set(folded);
    if (open) next.delete(id);
    else next.add(id);
    setFolded(next);
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, nor without HTTPS
    document.cookie = cookieText(FOLDS_COOKIE, [...next].slice(0, 200).join('.'));
  };
  return { folded, toggle };
}

function groupByFolder(feeds: readonly NavFeed[]): Map<number | null, NavFeed[]> {
  const groups = new Map<number | null, NavFeed[]>();
  for (const feed of feeds) {
    const group = groups.get(feed.folderId);
    if (group === undefined) groups.set(feed.folderId, [feed]);
    else group.push(feed);
  }
  return groups;
}

const NO_FEEDS: NavFeed[] = [];

/** Folders with their feeds, then the feeds that are in none. */
function FeedTree({ current, folded: rendered }: { current: string; folded: readonly number[] }) {
  const { feeds, folders, whole, feedTotal } = useFrame();
  const { folded, toggle } = useFolds(rendered);
  const [awake, setAwake] = useState(false);
  const [, startTransition] = useTransition();
  useEffect(() => startTransition(() => setAwake(true)), []);
  const groups = useMemo(() => groupByFolder(feeds), [feeds]);
  const cut = !whole || (feeds.length > FEEDS_WRITTEN && !awake);
  // What is written first is what stands first: nothing that is seen moves when the others come.
  let room = cut ? FEEDS_WRITTEN : feeds.length;
  const take = (folder: number | null) => {
    const taken = (groups.get(folder) ?? NO_FEEDS).slice(0, room);
    room -= taken.length;
    return taken;
  };
  return (
    <>
      {folders.length > 0 && (
        <ul aria-label="Folders" className="mb-1 flex flex-col gap-px">
          {folders.map((folder) => {
            const open = !folded.has(folder.id);
            return (
              <NavFolderGroup
                key={folder.id}
                folder={folder}
                all={whole ? (groups.get(folder.id) ?? NO_FEEDS) : null}
                shown={open ? take(folder.id) : NO_FEEDS}
                current={current}
                open={open}
                onToggle={toggle}
              />
            );
          })}
        </ul>
      )}
      <FeedNav feeds={take(null)} current={current} />
      {cut && (
        <a href="/feeds" className="nav-link">
          All {feedTotal} feeds
        </a>
      )}
    </>
  );
}

/** What is there whether or not there are feeds. */
function NavFoot({ current, account }: { current: string; account: string | null }) {
  const { feedTotal } = useFrame();
  return (
    <nav aria-label="Tidings" className="nav-foot">
      {feedTotal > 0 && (
        <NavRow href="/search" icon="search" current={current}>
          Search
        </NavRow>
      )}
      <NavRow href="/feeds" icon="pulse" current={current}>
        Manage feeds
      </NavRow>
      <NavRow href="/folders" icon="folder" current={current}>
        Folders
      </NavRow>
      <NavRow href="/import" icon="transfer" current={current}>
        Import and export
      </NavRow>
      <NavRow href="/settings" icon="sliders" current={current}>
        Settings
      </NavRow>
      {account !== null && (
        <NavRow href="/settings/account" icon="person" current={current} title={`Signed in as ${account}`}>
          <bdi className="truncate">{account}</bdi>
        </NavRow>
      )}
    </nav>
  );
}

interface NavPaneProps {
  head: ReactNode;
  account: string | null;
  folded: readonly number[];
}

/**
 * The views, folders and feeds. A column where there is room for it, else a sheet that a button brings.
 *
 * @param head what stands above: the name, and the way to add a feed.
 * @param account what whoever is signed in is called; null where nobody signs in.
 */
export function NavPane({ head, account, folded }: NavPaneProps) {
  const { feedTotal } = useFrame();
  const pathname = usePathname();
  const pane = useRef<HTMLDivElement>(null);
  // However one came to another page: by the browser's buttons, too.
  // biome-ignore lint/correctness/useExhaustiveDependencies: with each page
  useEffect(() => {
    if (pane.current?.matches(':popover-open')) pane.current.hidePopover();
  }, [pathname]);
  const hide = (event: MouseEvent<HTMLElement>) => {
    const sheet = event.currentTarget;
    const leads = event.target instanceof Element && event.target.closest('a') !== null;
    if (leads && isPlainClick(event) && sheet.matches(':popover-open')) sheet.hidePopover();
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the links in it are what is clicked, with the keyboard too
    // biome-ignore lint/a11y/noStaticElementInteractions: as above
    <div ref={pane} id={NAV_ID} popover="auto" className="nav-pane" data-pages="" onClick={hide}>
      {head}
      {feedTotal > 0 && (
        <div className="nav-scroll">
          <nav aria-label="Views" className="flex flex-col gap-px">
            <NavRow href="/unread" icon="inbox" current={pathname}>
              <span className="grow">Unread</span>
              <CountMark />
            </NavRow>
            <NavRow href="/starred" icon="star" current={pathname}>
              Starred
            </NavRow>
            <NavRow href="/all" icon="list" current={pathname}>
              All items
            </NavRow>
          </nav>
          <h2 className="px-2.5 pt-5 pb-1.5 text-xs font-semibold text-muted">Feeds</h2>
          <nav aria-label="Feeds">
            <FeedTree current={pathname} folded={folded} />
          </nav>
        </div>
      )}
      <NavFoot current={pathname} account={account} />
    </div>
  );
}
