'use client';

import { setCounts } from './counts';
import { expectStates, withdrawStates, writeKnownStates } from './item-states';
import {
  browserStorage,
  type Deed,
  type DeedStore,
  deedPrefix,
  openDeedStore,
  takeAlike,
} from './outbox-storage';
import { type Answer, isServerWell, sendDeed } from './send-deed';
import { makeSignal } from './signal';
import { tell } from './undo-stack';

/**
 * What readers do is kept in the browser first, and told to the server as soon as it listens: in order, once, and by
 * one tab at a time. What the server refuses is taken back. So is what it breaks at again and again while it is well
 * otherwise: what was done after it would wait for ever.
 */

/** Said when the server has been told what was done in another tab, or before this page was loaded. */
export const toldElsewhere = makeSignal();

const FIRST_PAUSE_MS = 2000;
const LONGEST_PAUSE_MS = 60_000;
/** After so many tries, and no sooner, it is looked whether the server breaks at nothing else. */
const MOST_TRIES = 6;
const LEAST_PATIENCE_MS = 60_000;
/** So long another tab is left to it: one that a phone has put to sleep meanwhile would never end. */
const LOCK_MS = 60_000;

let store: DeedStore | null = null;
let reader = 0;
let sending: Promise<boolean> | null = null;
let pause = FIRST_PAUSE_MS;
let timer: ReturnType<typeof setTimeout> | undefined;
const waiters = new Map<string, (answer: Answer) => void>();
/** When the server was last told of an item, by this tab. */
const toldAt = new Map<number, number>();
/** When the server was last told of anything, and of what is more than marks of single items, by this tab. */
let lastToldAt = Number.NEGATIVE_INFINITY;
let lastManyAt = Number.NEGATIVE_INFINITY;
/** What the server broke at: how often, and since when. */
const broken = new Map<string, { tries: number; since: number }>();

/** Says for whom something is asked: whoever has signed in since gets an answer that is not meant for this page. */
export function readerHeader(): Record<string, string> {
  return { 'X-Reader': String(reader) };
}

/** @returns whether an item's state waits to be told to the server. */
function isWaiting(itemId: number): boolean {
  return (store?.list() ?? []).some(({ deed }) => deed.kind !== 'mark' || deed.ids.includes(itemId));
}

/** @returns whether what the server was asked at a moment may be from before an item was marked here. */
export function isNewerHere(itemId: number, askedAt: number): boolean {
  return (toldAt.get(itemId) ?? Number.NEGATIVE_INFINITY) > askedAt || isWaiting(itemId);
}

/** Takes note of items that the server has been told of along with others. */
export function noteTold(itemIds: readonly number[]): void {
  for (const id of itemIds) toldAt.set(id, performance.now());
}

/** @returns whether counts that the server was asked for at a moment may be from before something that was done here. */
export function areCountsOld(askedAt: number): boolean {
  return lastToldAt > askedAt || hasWaiting();
}

/**
 * Waits for what is being told to the server, where that is of very many items.
 *
 * @returns whether what it was asked at a moment may be from before: then it is better asked again.
 */
export async function isOvertaken(askedAt: number): Promise<boolean> {
  if ((store?.list() ?? []).some(({ deed }) => deed.kind !== 'mark')) await sending;
  return lastManyAt > askedAt;
}

/** @returns whether anything waits to be told to the server. */
function hasWaiting(): boolean {
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
  for (const key of keys) broken.delete(key);
  if (foreign.length > 0) toldElsewhere.emit();
  return foreign;
}

/** What a deed of another tab, or of this one before it was loaded, has not done after all. */
function withdraw(deed: Deed) {
  if (deed.kind === 'mark') withdrawStates(deed.ids, changeOf(deed));
}

/** @returns whether it is this that the server breaks at, rather than anything. */
async function isToBlame(key: string): Promise<boolean> {
  const { tries, since } = broken.get(key) ?? { tries: 0, since: performance.now() };
  broken.set(key, { tries: tries + 1, since });
  if (tries + 1 < MOST_TRIES || performance.now() - since < LEAST_PATIENCE_MS) return false;
  return isServerWell(reader);
}

/** Takes note of what the server has taken, or has not. */
function conclude({ keys, deed }: { keys: string[]; deed: Deed }, answer: Answer) {
  if (answer !== 'refused') {
    lastToldAt = performance.now();
    if (deed.kind === 'mark') noteTold(deed.ids);
    else lastManyAt = lastToldAt;
  }
  const foreign = settle(keys, answer);
  if (answer === 'refused' && foreign.length > 0) {
    withdraw(deed);
    tell('Something that was done before could not be saved.');
  }
  pause = FIRST_PAUSE_MS;
  const said = answer === 'refused' ? undefined : answer.told.counts;
  if (said !== undefined && !hasWaiting()) setCounts(said);
}

/** @returns whether all that waits has been told. */
async function sendAll(): Promise<boolean> {
  /** So many are told one by one: they were refused together, and it may be the fault of one. */
  let alone = 0;
  for (;;) {
    const waiting = store?.list() ?? [];
    const next = takeAlike(alone > 0 ? waiting.slice(0, 1) : waiting);
    if (next === null) return true;
    alone = Math.max(0, alone - 1);
    const answer = await sendDeed(next.deed, reader);
    const [first = ''] = next.keys;
    if (answer === 'later' || (answer === 'failing' && !(await isToBlame(first)))) return false;
    const isRefused = answer === 'refused' || answer === 'failing';
    if (isRefused && next.keys.length > 1) alone = next.keys.length;
    else conclude(next, isRefused ? 'refused' : answer);
  }
}

/** Tells all that waits, while no other tab does. */
async function sendAlone(): Promise<boolean> {
  const patience = new AbortController();
  const ends = setTimeout(() => patience.abort(), LOCK_MS);
  try {
    return await navigator.locks.request('tidings.outbox', { signal: patience.signal }, sendAll);
  } catch {
    // Without HTTPS there are no locks, where storage is forbidden none are given, and a tab that sleeps keeps its own:
    // tabs may then tell the same thing twice, which is done once.
    return sendAll();
  } finally {
    clearTimeout(ends);
  }
}

/** Tells the server what waits; where nobody answers, again later and ever more seldom. */
async function flush(): Promise<void> {
  if (sending !== null) return;
  clearTimeout(timer);
  sending = sendAlone();
  const done = await sending.finally(() => {
    sending = null;
  });
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
function onForeignDeed(prefix: string, { key, newValue, oldValue }: StorageEvent) {
  if (!key?.startsWith(prefix)) return;
  if (newValue === null) {
    lastToldAt = lastManyAt = performance.now();
    answerTo(key, { told: {} });
    return toldElsewhere.emit();
  }
  const deed = JSON.parse(newValue) as Deed | { word: Answer };
  if ('word' in deed) {
    const isMine = answerTo(key, deed.word);
    if (deed.word === 'refused' && !isMine && oldValue !== null) withdraw(JSON.parse(oldValue) as Deed);
  } else if (deed.kind === 'mark') writeKnownStates(deed.ids, changeOf(deed));
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
