'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState } from 'react';
import { readCommands } from './commands';
import { useFrame } from './frame-context';
import type { HelpSheet } from './help-sheet';
import { findDeed, type KeyDeed, readKey } from './key-map';
import { movePane } from './move-pane';
import { tell, undoLast } from './undo-stack';
import { useSettings } from './use-settings';

/** So long the first of two keys waits for the second. */
const SECOND_KEY_MS = 1500;

/**
 * Where keys mean something of their own: fields, players, and whatever lies over the page. What has just been closed
 * still has the focus until the next frame.
 */
const KEEPS_KEYS =
  'input, textarea, select, audio, video, iframe, dialog[open], [contenteditable], [popover]:popover-open, [role=textbox], [role=slider]';

function isMeantElsewhere(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return true;
  // It closes what lies over the page, wherever the focus is.
  if (event.key === 'Escape' && document.querySelector('[popover]:popover-open') !== null) return true;
  const { target } = event;
  if (!(target instanceof Element)) return false;
  const kept = target.closest(KEEPS_KEYS);
  return kept !== null && !kept.matches('input:is([type=checkbox], [type=radio])');
}

/** Enter and the arrows of a separator are what they always are; Enter opens what has the focus by itself. */
const BY_ITSELF = new Set(['Enter']);

/** Where one searches already: other words may be meant. */
const SEARCH_FIELD = '[role=search] input[name=q]';

function usePlaces() {
  const router = useRouter();
  const { feeds, folders } = useFrame();
  const places: Partial<Record<KeyDeed, string>> = {
    'go-unread': '/unread',
    'go-starred': '/starred',
    'go-all': '/all',
    'go-feeds': '/feeds',
    add: '/feeds/new',
  };
  // Of a feed or a folder, what is searched first is that.
  const search = () => {
    const [, kind, id] = /^\/(feed|folder)s\/(\d+)$/.exec(window.location.pathname) ?? [];
    return kind === undefined ? '/search' : `/search?in=${kind}-${id}`;
  };
  const stepFeed = (by: 1 | -1) => {
    const ordered = [...folders.map(({ id }) => id), null].flatMap((folder) =>
      feeds.filter(({ folderId }) => folderId === folder),
    );
    const here = Number(/^\/feeds\/(\d+)/.exec(window.location.pathname)?.[1]);
    const index = ordered.findIndex(({ id }) => id === here);
    const next = ordered[index === -1 ? (by === 1 ? 0 : ordered.length - 1) : index + by];
    if (next !== undefined) router.push(`/feeds/${next.id}`);
  };
  const go = (deed: KeyDeed) => {
    const searches = deed === 'search' && window.location.pathname === '/search';
    const field = searches ? document.querySelector<HTMLInputElement>(SEARCH_FIELD) : null;
    if (field !== null) return field.select();
    const place = deed === 'search' ? search() : places[deed];
    if (place !== undefined) router.push(place);
  };
  return { go, stepFeed };
}

/** The help sheet, which comes when it is asked for. */
function useHelp() {
  const [sheet, setSheet] = useState<{ Sheet: typeof HelpSheet } | null>(null);
  const open = useCallback(
    () =>
      void import('./help-sheet').then(
        ({ HelpSheet: Sheet }) => setSheet({ Sheet }),
        () => tell('The help could not be loaded.'),
      ),
    [],
  );
  return { open, shown: sheet && <sheet.Sheet onClose={() => setSheet(null)} /> };
}

/**
 * Listens to the keys of the whole page, unless somebody does not want that.
 *
 * @param missed what was pressed before this was here.
 */
export function Keys({ missed }: { missed: KeyboardEvent[] }) {
  const { keys } = useSettings();
  const help = useHelp();
  // The same array: more may be pressed until this listens.
  const pending = useRef(missed);
  const before = useRef<{ key: string; at: number } | null>(null);
  const { go, stepFeed } = usePlaces();
  const perform = useRef<(deed: KeyDeed) => void>(() => undefined);
  useEffect(() => {
    perform.current = (deed) => {
      const commands = readCommands();
      const deeds: Partial<Record<KeyDeed, () => void>> = {
        next: () => commands?.step(1, true),
        previous: () => commands?.step(-1, true),
        'next-closed': () => commands?.step(1, false),
        'previous-closed': () => commands?.step(-1, false),
        open: () => commands?.open(),
        close: () => commands?.close(),
        original: () => commands?.original(),
        'full-text': () => commands?.fullText(),
        read: () => commands?.toggle('read'),
        star: () => commands?.toggle('starred'),
        'mark-all': () => commands?.markAll(),
        refresh: () => commands?.refresh(),
        'next-feed': () => stepFeed(1),
        'previous-feed': () => stepFeed(-1),
        'pane-left': () => movePane(-1),
        'pane-right': () => movePane(1),
        undo: undoLast,
        help: help.open,
      };
      const deedOf = deeds[deed];
      if (deedOf === undefined) go(deed);
      else deedOf();
    };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (isMeantElsewhere(event)) return;
      const key = readKey(event);
      // What is no letter and no sign stays. The settings are where the others are switched on again.
      if (keys === 'off' && key !== 'Escape') return;
      const first = before.current !== null && event.timeStamp - before.current.at < SECOND_KEY_MS;
      const deed = findDeed(key, first ? (before.current?.key ?? null) : null);
      before.current = key === 'g' && !first ? { key, at: event.timeStamp } : null;
      if (deed === null || BY_ITSELF.has(key)) return;
      event.preventDefault();
      perform.current(deed);
    };
    for (const event of pending.current.splice(0)) onKeyDown(event);
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [keys]);
  return help.shown;
}
