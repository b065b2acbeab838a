'use client';

import { setCounts } from './counts';
import { expectStates, writeKnownStates } from './item-states';
import {
  browserStorage,
  type Deed,
  type DeedStore,
  deedPrefix,
  openDeedStore,
  takeAlike,
} from './outbox-storage';
import { type Answer, sendDeed } from './send-deed';
import { makeSignal } from './signal';

/**
 * What readers do is kept in the browser first, and told to the server as soon as it listens: in order, once, and by
 * one tab at a time.
 */

/** Said when the server has been told what was done in another tab, or before this page was loaded. */
export const toldElsewhere = makeSignal();

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;

let store: DeedStore | null = null;
let reader = 0;
let sending = false;
let pause = FIRST_PAUSE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
const waiters = new Map<string, (answer: Answer) => void>();
/** When the server was last told of an item, by this tab. */
const toldAt = new Map<number, number>();

/** Says for whom something is asked: whoever has signed in since gets an answer that is not meant for this page. */
export function readerHeader(): Record<string, string> {
  return { 'X-Reader': String(reader) };
}

/** @returns whether an item's state waits to be told to the server. */
export function isWaiting(itemId: number): boolean {
  return (store?.list() ?? []).some(({ deed }) => deed.kind !== 'mark' || deed.ids.includes(itemId));
}

/** @returns whether what the server was asked at a moment may be from before an item was marked here. */
export function isNewerHere(itemId: number, askedAt: number): boolean {
  return (toldAt.get(itemId) ?? Number.NEGATIVE_INFINITY) > askedAt || isWaiting(itemId);
}

/** @returns whether anything waits to be told to the server. */
export function hasWaiting(): boolean {
  return (store?.list() ?? []).length > 0;
}

/** Gives an answer to what waits for it. @returns false where nothing in this tab does. */
function answerTo(key: string, answer: Answer): boolean {
  waiters.get(key)?.(answer);
  return waiters.delete(key);
}

function settle(keys: readonly string[], answer: Answer) {
  const foreign = keys.filter((key) => !answerTo(key, answer));
  // Whichever tab it was done in: that one waits for what was said.
  for (const key of foreign) store?.leaveWord(key, answer);
  store?.forget(keys);
  if (foreign.length > 0) toldElsewhere.emit();
}

/** @returns whether all that waits has been told. */
async function sendAll(): Promise<boolean> {
  for (let next = takeAlike(store?.list() ?? []); next; next = takeAlike(store?.list() ?? [])) {
    const answer = await sendDeed(next.deed, reader);
    if (answer === 'later') return false;
    if (answer !== 'refused' && next.deed.kind === 'mark')
      for (const id of next.deed.ids) toldAt.set(id, performance.now());
    settle(next.keys, answer);
    pause = FIRST_PAUSE_MS;
    const said = answer === 'refused' ? undefined : answer.told.counts;
    if (said !== undefined && !hasWaiting()) setCounts(said);
  }
  return true;
}

/** Tells all that waits, while no other tab does. */
async function sendAlone(): Promise<boolean> {
  try {
    return await navigator.locks.request('tidings.outbox', sendAll);
  } catch {
    // Without HTTPS there are no locks, and where storage is forbidden none are given: tabs may then tell the same thing
    // twice, which is done once.
    return sendAll();
  }
}

/** Tells the server what waits; where nobody answers, again later and ever more seldom. */
async function flush(): Promise<void> {
  if (sending) return;
  sending = true;
  clearTimeout(timer);
  const done = await sendAlone();
  sending = false;
  if (!done) {
    timer = setTimeout(flush, pause);
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  } else if (hasWaiting()) void flush();
}

/** Keeps what has been done, and tells the server. @returns what it answers, when it does. */
export function post(deed: Deed): Promise<Answer> {
  if (store === null) throw new Error('The outbox has not been opened.');
  const { key } = store.keep(deed);
  const answered = new Promise<Answer>((resolve) => waiters.set(key, resolve));
  void flush();
  return answered;
}

/** What a deed makes of each of its items. */
function changeOf({ read, starred }: Deed & { kind: 'mark' }) {
  return { ...(read === undefined ? {} : { read }), ...(starred === undefined ? {} : { starred }) };
}

/** What another tab does shows in this one, and so does what it was told about a deed of this one. */
function onForeignDeed(prefix: string, { key, newValue }: StorageEvent) {
  if (!key?.startsWith(prefix)) return;
  if (newValue === null) {
    answerTo(key, { told: {} });
    return toldElsewhere.emit();
  }
  const deed = JSON.parse(newValue) as Deed | { word: Answer };
  if ('word' in deed) answerTo(key, deed.word);
  else if (deed.kind === 'mark') writeKnownStates(deed.ids, changeOf(deed));
}

/** Opens what waits of this reader: before anything of the page can be done, and so that it shows at once. */
export function openOutbox(userId: number): void {
  if (typeof window === 'undefined') return;
  store = openDeedStore(userId, browserStorage());
  reader = userId;
  for (const { deed } of store.list()) if (deed.kind === 'mark') expectStates(deed.ids, changeOf(deed));
}

/** Begins to tell the server what waits. @returns a function that ends it. */
export function startOutbox(userId: number): () => void {
  openOutbox(userId);
  const onStorage = (event: StorageEvent) => onForeignDeed(deedPrefix(userId), event);
  const retry = () => void flush();
  window.addEventListener('storage', onStorage);
  window.addEventListener('online', retry);
  retry();
  return () => {
    window.removeEventListener('storage', onStorage);
    window.removeEventListener('online', retry);
    clearTimeout(timer);
  };
}
