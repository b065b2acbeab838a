import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { ItemScope } from '@/lib/store/item-scope';
import { eventually } from '../support/eventually';
import { makeItems, writeRss } from '../support/feed-server';
import { addFeed, addSubscription, addUser } from '../support/reading';
import { useStage } from '../support/stage';

const DAY = 86_400_000;
const ago = (days: number) => new Date(Date.now() - days * DAY);

async function store() {
  return (await import('@/lib/store/client')).openStore();
}

interface NewItem {
  title: string;
  html?: string;
  author?: string;
  at?: Date;
}

/** Stores an item as a fetch does: it waits to be made searchable. */
async function addItem(feedId: number, { title, html = '<p>Text</p>', author, at = ago(1) }: NewItem) {
  const identity = Buffer.from(randomUUID());
  const facts = { feedId, identity, contentHash: identity, title, html, excerpt: '', author: author ?? null };
  const item = await (await store()).item.create({ data: { ...facts, sortAt: at } });
  await (await store()).$executeRaw`INSERT INTO item_search_queue (item_id) VALUES (${item.id})`;
  return Number(item.id);
}

/** Does what a worker does. */
async function index(): Promise<number> {
  const { indexItems } = await import('@/lib/store/search-index');
  const { writeVector } = await import('@/lib/feed/search/write-vector');
  let done = 0;
  for (;;) {
    const count = await indexItems(async (item) => writeVector(item));
    if (count === 0) return done;
    done += count;
  }
}

interface Asked {
  scope?: ItemScope;
  order?: 'date' | 'relevance';
  cursor?: string | undefined;
}

async function search(
  userId: number,
  text: string,
  { scope = { kind: 'all' }, order = 'date', cursor }: Asked = {},
) {
  const { searchItems } = await import('@/lib/service/search-items');
  const page = await searchItems({ userId, text, scope, order, cursor });
  if (page === null) throw new Error('nothing is asked for');
  return page;
}

async function titles(userId: number, text: string, asked: Asked = {}): Promise<string[]> {
  return (await search(userId, text, asked)).items.map(({ title }) => title);
}

/** A reader with one feed. */
async function addReader() {
  const [userId, feedId] = [await addUser(), await addFeed()];
  await addSubscription(userId, feedId);
  return { userId, feedId };
}

describe('search', () => {
  const stage = useStage('postgres');

  it('finds words, phrases, authors and text in any script, and not what must not be there', async () => {
    const { userId, feedId } = await addReader();
    const add = (title: string, rest: Partial<NewItem> = {}) => addItem(feedId, { title, ...rest });
    await add('Red fox', { html: '<p>jumps over the <b>lazy</b> dog</p>', at: ago(1) });
    await add('Fox red', { author: "Flann O'Brien", at: ago(2) });
    await add('Le Café', { html: '<p>d&eacute;j&agrave; vu &lt;b&gt;</p>', at: ago(3) });
    await add('東京都の天気', { html: '<p>今日は雨です</p>', at: ago(4) });
    await add('Погода в Москве', { at: ago(5) });
    await add('오늘의 날씨', { at: ago(6) });
    await add("O\\'Reilly: 'quoted' & (others) | !", { at: ago(7) });
    expect(await titles(userId, 'fox')).toEqual([]);
    await index();
    const found = (text: string) => titles(userId, text);
    expect(await found('FOX')).toEqual(['Red fox', 'Fox red']);
    expect(await found('"red fox"')).toEqual(['Red fox']);
    expect(await found('fox -lazy')).toEqual(['Fox red']);
    expect(await found('"fox jumps"')).toEqual([]);
    expect(await found('lazy or brien')).toEqual(['Red fox', 'Fox red']);
    expect(await found('laz*')).toEqual(['Red fox']);
    expect(await found("o'brien")).toEqual(['Fox red']);
    expect(await found('cafe deja')).toEqual(['Le Café']);
    expect(await found('東京')).toEqual(['東京都の天気']);
    expect(await found('天気 雨')).toEqual(['東京都の天気']);
    expect(await found('雨')).toEqual(['東京都の天気']);
    expect(await found('気')).toEqual(['東京都の天気']);
    expect(await found('京東')).toEqual([]);
    expect(await found('москве')).toEqual(['Погода в Москве']);
    expect(await found('날씨')).toEqual(['오늘의 날씨']);
    expect(await found("o\\'reilly quoted")).toEqual(["O\\'Reilly: 'quoted' & (others) | !"]);
    expect(await found("' & | ! ( ) : * \\ fox")).toHaveLength(2);
    // The lexemes that say whose an item is are no words.
    expect(await found(`#f${feedId}`)).toEqual([]);
  });

  it('shows what was found, as text', async () => {
    const { userId, feedId } = await addReader();
    const html = `<p>${'word '.repeat(200)}the &lt;script&gt; of <i>kittens</i></p>`;
    await addItem(feedId, { title: 'About <b>Kittens</b>', html });
    await index();
    const [hit] = (await search(userId, 'kittens')).items;
    expect(hit?.marked.title).toEqual([
      { text: 'About <b>', isMatch: false },
      { text: 'Kittens', isMatch: true },
      { text: '</b>', isMatch: false },
    ]);
    expect(hit?.marked.excerpt.map(({ text }) => text).join('')).toMatch(/^… .* the <script> of kittens$/);
    expect(hit).not.toHaveProperty('html');
  });

  it('takes a text that is many times as long once it is folded', async () => {
    const { userId, feedId } = await addReader();
    const words = Array.from({ length: 12_000 }, (_, index) => `${index}\ufdfa\ufdfa\ufdfa\ufdfa`);
    await addItem(feedId, { title: 'Praise', html: `<p>${words.join(' ')}</p>` });
    expect(await index()).toBe(1);
    expect(await titles(userId, 'praise')).toEqual(['Praise']);
  });

  it('finds neighbours, in any script, and not what merely has the words', async () => {
    const { userId, feedId } = await addReader();
    const add = (title: string) => addItem(feedId, { title, html: `<p>${title}</p>` });
    for (const title of ['be or not to be', 'to be or not', 'not or be to']) await add(title);
    for (const title of ['丂丂丂の日', '丂丂と丂丂']) await add(title);
    await index();
    const found = async (text: string) => (await titles(userId, text)).sort();
    expect(await found('"to be or not"')).toEqual(['to be or not']);
    expect(await found('"or not"')).toEqual(['be or not to be', 'to be or not']);
    expect(await found('be -"or not"')).toEqual(['not or be to']);
    expect(await found('"be or n*"')).toEqual(['be or not to be', 'to be or not']);
    expect(await found('丂丂丂')).toEqual(['丂丂丂の日']);
    expect(await found('丂丂と')).toEqual(['丂丂と丂丂']);
    const relevant = await titles(userId, '"or not"', { order: 'relevance' });
    expect(relevant.sort()).toEqual(['be or not to be', 'to be or not']);
  });

  it('finds only what is the reader’s, in the place that is asked for', async () => {
    const db = await store();
    const { userId, feedId } = await addReader();
    const other = await addReader();
    const folder = await db.folder.create({ data: { userId, name: 'Foldered' } });
    const inFolder = await addFeed();
    await addSubscription(userId, inFolder, folder.id);
    const nobodys = await addFeed();
    await addItem(feedId, { title: 'zebra mine', at: ago(1) });
    await addItem(inFolder, { title: 'zebra foldered', at: ago(2) });
    await addItem(other.feedId, { title: 'zebra of others' });
    const starred = await addItem(nobodys, { title: 'zebra starred', at: ago(3) });
    await addItem(nobodys, { title: 'zebra of nobody' });
    await db.itemState.create({ data: { userId, itemId: starred, starredAt: new Date() } });
    await db.itemState.create({ data: { userId: other.userId, itemId: starred, read: true } });
    await index();
    expect(await titles(userId, 'zebra')).toEqual(['zebra mine', 'zebra foldered', 'zebra starred']);
    expect((await titles(userId, 'zebra', { order: 'relevance' })).sort()).toEqual([
      'zebra foldered',
      'zebra mine',
      'zebra starred',
    ]);
    const scoped = (scope: ItemScope, id = userId) => titles(id, 'zebra', { scope });
    expect(await scoped({ kind: 'folder', id: folder.id })).toEqual(['zebra foldered']);
    expect(await scoped({ kind: 'feed', id: feedId })).toEqual(['zebra mine']);
    expect(await scoped({ kind: 'starred' })).toEqual(['zebra starred']);
    expect(await scoped({ kind: 'feed', id: other.feedId })).toEqual([]);
    expect(await scoped({ kind: 'feed', id: nobodys })).toEqual([]);
    expect(await scoped({ kind: 'folder', id: folder.id }, other.userId)).toEqual([]);
    expect(await titles(other.userId, 'zebra')).toEqual(['zebra of others']);
    expect(await titles(await addUser(), 'zebra')).toEqual([]);
  });

  it('walks through all that matches by date, none left out and none twice, however old', async () => {
    const { userId, feedId } = await addReader();
    const ages = [...Array.from({ length: 150 }, (_, n) => n / 40), 9, 12, 31, 64, 100, 400, 599, 800, 4000];
    const same = ago(200);
    for (const age of ages) await addItem(feedId, { title: `walk ${age}`, at: ago(age) });
    for (let n = 0; n < 60; n += 1) await addItem(feedId, { title: `walk same ${n}`, at: same });
    await index();
    const walked: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await search(userId, 'walk', { cursor });
      walked.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(walked).toHaveLength(ages.length + 60);
    expect(new Set(walked).size).toBe(walked.length);
    const dated = walked.filter((title) => !title.includes('same')).map((title) => Number(title.slice(5)));
    expect(dated).toEqual([...ages].sort((a, b) => a - b));
  });

  it('more feeds than a query can name are searched just the same', async () => {
    const { userId, feedId } = await addReader();
    for (let n = 0; n < 101; n += 1) await addSubscription(userId, await addFeed());
    await addItem(feedId, { title: 'needle' });
    await addItem(await addFeed(), { title: 'needle elsewhere' });
    await index();
    expect(await titles(userId, 'needle')).toEqual(['needle']);
  });

  it('puts what is about the words first, when asked for what is relevant', async () => {
    const { userId, feedId } = await addReader();
    await addItem(feedId, { title: 'Other', html: '<p>quartz among many other words here</p>', at: ago(1) });
    await addItem(feedId, { title: 'Quartz', html: '<p>quartz quartz</p>', at: ago(900) });
    for (let n = 0; n < 320; n += 1)
      await addItem(feedId, { title: `Noise ${n}`, html: '<p>some quartz in it</p>', at: ago(2 + n / 100) });
    await index();
    const first = await search(userId, 'quartz', { order: 'relevance' });
    expect(first.items[0]?.title).toBe('Quartz');
    expect(first.items).toHaveLength(50);
    const second = await search(userId, 'quartz', {
      order: 'relevance',
      cursor: first.nextCursor ?? undefined,
    });
    expect(second.items).toHaveLength(50);
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(100);
  });

  it('an edit, a merge and a removal are followed', async () => {
    const db = await store();
    const { userId, feedId } = await addReader();
    const { feedId: into } = await addReader();
    const id = await addItem(feedId, { title: 'before' });
    const gone = await addItem(feedId, { title: 'before too' });
    await index();
    await db.item.update({ where: { id }, data: { title: 'after', contentHash: Buffer.from('other') } });
    await db.item.delete({ where: { id: gone } });
    await db.item.update({ where: { id }, data: { thumbnail: 'https://example.org/x.png' } });
    expect(await index()).toBe(1);
    expect(await titles(userId, 'before')).toEqual([]);
    expect(await titles(userId, 'after')).toEqual(['after']);
    await db.item.update({ where: { id }, data: { feedId: into } });
    await index();
    expect(await titles(userId, 'after')).toEqual([]);
    expect(await titles(userId, 'after', { scope: { kind: 'feed', id: into } })).toEqual([]);
    await addSubscription(userId, into);
    expect(await titles(userId, 'after', { scope: { kind: 'feed', id: into } })).toEqual(['after']);
  });

  it('the text of an item’s own page is found, as long as it is there', async () => {
    const db = await store();
    const { userId, feedId } = await addReader();
    const id = await addItem(feedId, { title: 'Tides', html: '<p>An excerpt</p>' });
    await index();
    const found = async (text: string) => {
      await index();
      return titles(userId, text);
    };
    await db.fullText.create({ data: { itemId: id, host: 'example.org' } });
    // Nothing has changed yet.
    expect(await index()).toBe(0);
    await db.fullText.update({
      where: { itemId: id },
      data: { html: `<p>${'far '.repeat(300)} the pilchards</p>` },
    });
    expect(await found('pilchards excerpt')).toEqual(['Tides']);
    // No phrase goes on from one text into the other.
    expect(await found('"excerpt far"')).toEqual([]);
    const [hit] = (await search(userId, 'pilchards')).items;
    expect(hit?.marked.excerpt.at(-1)).toEqual({ text: 'pilchards', isMatch: true });
    await db.fullText.update({ where: { itemId: id }, data: { html: '<p>the mackerel</p>' } });
    expect(await found('pilchards')).toEqual([]);
    expect(await found('mackerel')).toEqual(['Tides']);
    await db.fullText.update({ where: { itemId: id }, data: { attempts: 2 } });
    expect(await index()).toBe(0);
    await db.fullText.delete({ where: { itemId: id } });
    expect(await found('mackerel')).toEqual([]);
    expect(await found('excerpt')).toEqual(['Tides']);
    await db.fullText.create({ data: { itemId: id, host: 'example.org', html: '<p>the herring</p>' } });
    expect(await found('herring')).toEqual(['Tides']);
    // It goes with its item: nothing waits for what is no more.
    await db.item.delete({ where: { id } });
    expect(await index()).toBe(0);
  });

  it('one process at a time makes items searchable, and what fails is tried again', async () => {
    const { userId, feedId } = await addReader();
    await addItem(feedId, { title: 'once' });
    const { indexItems, measureIndexLag, tidyIndex } = await import('@/lib/store/search-index');
    await (await store()).$executeRaw`UPDATE item_search_queue SET queued_at = now() - interval '90 seconds'`;
    const lag = await measureIndexLag();
    expect(lag.waiting).toBe(1);
    expect(lag.oldestSeconds).toBeGreaterThanOrEqual(90);
    const { writeVector } = await import('@/lib/feed/search/write-vector');
    await expect(indexItems(async () => Promise.reject(new Error('killed')))).rejects.toThrow('killed');
    let other = -1;
    const done = await indexItems(async (item) => {
      other = await indexItems(async () => '');
      return writeVector(item);
    });
    expect([done, other]).toEqual([1, 0]);
    expect(await measureIndexLag()).toEqual({ waiting: 0, oldestSeconds: 0 });
    await tidyIndex();
    expect(await titles(userId, 'once')).toEqual(['once']);
  });

  it('a worker makes what it fetches searchable, and says how far behind it is', async () => {
    const { server, startWorker, untilStatus, userId } = stage.current;
    const { subscribe } = await import('@/lib/service/subscribe');
    server.serve('/feed', { body: writeRss('Searched', makeItems(50, 'quokka')) });
    const worker = await startWorker();
    const result = await subscribe({ userId, address: `${server.origin}/feed` });
    if (!result.ok) throw new Error(result.message);
    await untilStatus(result.feedId, 'ready');
    await eventually(async () => (await titles(userId, 'quokka')).length === 50, 'all items are found');
    const metrics = await (await fetch(`http://127.0.0.1:${worker.healthPort}/metrics`)).text();
    expect(metrics).toMatch(/^tidings_search_waiting_items \d+$/m);
    expect(metrics).toMatch(/^tidings_search_lag_seconds [\d.]+$/m);
    const before = worker.output().length;
    await worker.end('SIGTERM');
    expect(worker.output().slice(before)).not.toContain('Something failed');
  });
});
