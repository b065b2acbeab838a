'use client';

import { IconButton } from './icon-button';
import { Menu, MenuButton, MenuLink } from './menu';
import { NAV_ID } from './nav-id';
import type { ReaderView } from './reader-view';

const DAY_MS = 86_400_000;

/** What the list's buttons do. */
interface ListDeeds {
  markAll: () => void;
  markOlder: (milliseconds: number) => void;
  markBeside: (direction: 'above' | 'below') => void;
  refresh: () => void;
}

export interface ListToolsProps {
  view: ReaderView;
  deeds: ListDeeds;
  /** Whether items that are read can be left out: they always are in some views, and never in others. */
  filters: boolean;
  /** Whether an item is open or in focus, which has others above and below. */
  beside: boolean;
  /** Marks all as read where nothing runs in the browser; left out where the list cannot be marked as a whole. */
  markAllAction?: ((form: FormData) => Promise<void>) | undefined;
}

function address(view: ReaderView, change: { unread?: boolean; order?: string }): string {
  const params = new URLSearchParams();
  const order = change.order ?? view.order;
  const unread = change.unread ?? view.unread;
  if (view.name !== 'unread') params.set('unread', unread ? '1' : '0');
  params.set('order', order);
  return `${view.path}?${params}`;
}

/** Marks all as read: at once in the browser, or by a form. */
function MarkAllButton({ view, deeds, markAllAction }: Omit<ListToolsProps, 'filters' | 'beside'>) {
  return (
    <form action={markAllAction} className="contents">
      <input type="hidden" name="view" value={view.name} />
      <input type="hidden" name="order" value={view.order} />
      <input type="hidden" name="back" value={view.path + view.query} />
      <IconButton
        type="submit"
        icon="checks"
        label="Mark all as read"
        shortcut="Shift+A"
        onClick={(event) => {
          event.preventDefault();
          deeds.markAll();
        }}
      />
    </form>
  );
}

/** What is seldom done to a list. */
function ListMore({ view, deeds, filters, beside }: Omit<ListToolsProps, 'markAllAction'>) {
  return (
    <Menu icon="more" label="More for this list">
      <p className="menu-head">Mark as read</p>
      <MenuButton onClick={deeds.markAll}>Everything</MenuButton>
      <MenuButton onClick={() => deeds.markOlder(DAY_MS)}>Older than a day</MenuButton>
      <MenuButton onClick={() => deeds.markOlder(7 * DAY_MS)}>Older than a week</MenuButton>
      {beside && (
        <>
          <MenuButton onClick={() => deeds.markBeside('above')}>Everything above</MenuButton>
          <MenuButton onClick={() => deeds.markBeside('below')}>Everything below</MenuButton>
        </>
      )}
      {/^(feed|folder)-/.test(view.name) && (
        <>
          <p className="menu-head">Find</p>
          <MenuLink href={`/search?in=${view.name}`}>Search here</MenuLink>
        </>
      )}
      <p className="menu-head">Order</p>
      <MenuLink href={address(view, { order: 'newest' })} current={view.order === 'newest'}>
        Newest first
      </MenuLink>
      <MenuLink href={address(view, { order: 'oldest' })} current={view.order === 'oldest'}>
        Oldest first
      </MenuLink>
      {filters && (
        <>
          <p className="menu-head">Show</p>
          <MenuLink href={address(view, { unread: false })} current={!view.unread}>
            All items
          </MenuLink>
          <MenuLink href={address(view, { unread: true })} current={view.unread}>
            Unread only
          </MenuLink>
        </>
      )}
    </Menu>
  );
}

/** What can be done to a list as a whole: above it, or at the foot of a phone, where the thumb is. */
export function ListTools(props: ListToolsProps) {
  const { deeds, markAllAction } = props;
  return (
    <div className="tools list-tools" data-pages="">
      <IconButton icon="menu" label="Feeds" popoverTarget={NAV_ID} className="icon-button nav-button" />
      <IconButton icon="refresh" label="Refresh" shortcut="r" onClick={deeds.refresh} />
      {markAllAction !== undefined && (
        <>
          <MarkAllButton {...props} />
          <ListMore {...props} />
        </>
      )}
    </div>
  );
}
