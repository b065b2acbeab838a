import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ItemQuery, ItemScope } from '@/lib/store/list-items';
import type { ItemSummary } from '@/lib/store/views';
import { addFeed, addItem, addSubscription, addUser } from '../support/reading';
import { type ModelItem, ModelReader } from '../support/reading-model';
import { useStage } from '../support/stage';

useStage('postgres');

const FEEDS = 3;
/** The first feed has more unread items than are listed one by one. */
const ITEMS = [58, 4, 0];
const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);

const small = fc.nat(1000);
const scope = fc.constantFrom('all', 'starred', 'folder', 'feed 0', 'feed 1', 'feed 2');
const query = fc.record({
  scope,
  unread: fc.boolean(),
  order: fc.constantFrom('newest' as const, 'oldest' as const),
});
const reader = fc.nat(1);
const arrive = fc.record({ kind: fc.constant('arrive' as const), feed: fc.nat(FEEDS - 1), day: fc.nat(80) });
const edit = fc.record({ kind: fc.constant('edit' as const), item: small });
const mark = fc.record({
  kind: fc.constant('mark' as const),
  reader,
  items: fc.array(small, { minLength: 1, maxLength: 20 }),
  read: fc.constantFrom(true, false, undefined),
  starred: fc.constantFrom(true, false, undefined),
});
const cut = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.record({ before: fc.nat(80) }),
  fc.record({
    from: fc.record({ item: small, direction: fc.constantFrom('above' as const, 'below' as const) }),
  }),
  fc.record({ through: small }),
  fc.record({ through: small, before: fc.nat(80) }),
);
interface Cut {
  before?: number;
  from?: { item: number; direction: 'above' | 'below' };
  through?: number;
}
const markAll = fc.record({
  kind: fc.constant('mark all' as const),
  reader,
  scope,
  order: fc.constantFrom('newest' as const, 'oldest' as const),
  cut: cut as fc.Arbitrary<Cut>,
});
const undo = fc.record({
  kind: fc.constant('undo' as const),
  reader,
  which: fc.constantFrom<number>(0, 0, 1, 2),
});
const merge = fc.record({
  kind: fc.constant('merge' as const),
  from: fc.nat(FEEDS - 1),
  into: fc.nat(FEEDS - 1),
});
const operation = fc.oneof(
  { weight: 2, arbitrary: arrive },
  { weight: 1, arbitrary: edit },
  { weight: 4, arbitrary: mark },
  { weight: 3, arbitrary: markAll },
  { weight: 2, arbitrary: undo },
  { weight: 1, arbitrary: merge },
);
type Operation = typeof operation extends fc.Arbitrary<infer Kind> ? Kind : never;

/** The world as it is stored, and as it should be. */
class World {
  items: ModelItem[] = [];
  feeds: number[] = [];
  folders: number[] = [];
  readonly users: number[] = [];
  readonly readers = [new ModelReader(), new ModelReader()];

  async build(): Promise<void> {
    const { openStore } = await import('@/lib/store/client');
    for (const [index, count] of ITEMS.entries()) {
      this.feeds.push(await addFeed());
      for (let day = 0; day < count; day += 1) await this.arrive(index, day);
    }
    for (const [index, model] of this.readers.entries()) {
      const userId = await addUser();
      this.users.push(userId);
      const folder = await openStore().folder.create({ data: { userId, name: 'Folder' } });
      this.folders.push(folder.id);
      // The second reader does not have the last feed, and has the second in a folder.
      for (const feed of this.feeds.slice(0, FEEDS - index)) {
        const inFolder = feed !== this.feeds[0];
        await addSubscription(userId, feed, inFolder ? folder.id : undefined);
        model.feeds.set(feed, inFolder ? folder.id : null);
      }
    }
  }

  async arrive(feed: number, day: number): Promise<void> {
    const feedId = this.feeds[feed] ?? 0;
    const at = START + day * DAY;
    this.items.push({ id: await addItem(feedId, new Date(at)), feed: feedId, at });
  }

  pick(index: number): ModelItem {
    return this.items[index % this.items.length] as ModelItem;
  }

  toScope(name: string, user: number): ItemScope {
    if (name === 'all' || name === 'starred') return { kind: name };
    if (name === 'folder') return { kind: 'folder', id: this.folders[user] ?? 0 };
    return { kind: 'feed', id: this.feeds[Number(name.slice(5))] ?? 0 };
  }

  async run(step: Operation): Promise<void> {
    const { openStore } = await import('@/lib/store/client');
    const { markItems } = await import('@/lib/service/mark-items');
    switch (step.kind) {
      case 'arrive':
        return this.arrive(step.feed, step.day);
      case 'edit':
        await openStore().item.update({
          where: { id: this.pick(step.item).id },
          data: { title: 'Edited', contentHash: Buffer.from(randomUUID()), updatedAt: new Date() },
        });
        return;
      case 'mark': {
        const items = [...new Set(step.items.map((index) => this.pick(index)))];
        const { read, starred } = step;
        await markItems({
          userId: this.users[step.reader] ?? 0,
          itemIds: items.map(({ id }) => id),
          read,
          starred,
        });
        return this.readers[step.reader]?.mark(items, { read, starred });
      }
      case 'mark all':
        return this.markAll(step);
      case 'undo':
        return this.undo(step.reader, step.which);
      case 'merge':
        return this.merge(step.from, step.into);
    }
  }

  async markAll(step: Extract<Operation, { kind: 'mark all' }>): Promise<void> {
    const { markAllRead } = await import('@/lib/service/mark-items');
    const userId = this.users[step.reader] ?? 0;
    const model = this.readers[step.reader] as ModelReader;
    const wanted = this.toScope(step.scope, step.reader);
    const { from } = step.cut;
    const before = step.cut.before === undefined ? undefined : START + step.cut.before * DAY;
    const row = from && this.pick(from.item);
    const through = step.cut.through === undefined ? undefined : this.pick(step.cut.through).id;
    const list = model.list(this.items, { scope: wanted, unread: false, order: step.order });
    const sign = step.order === 'newest' ? -1 : 1;
    const meant = list.filter((item) => {
      if (before !== undefined && item.at >= before) return false;
      if (through !== undefined && item.id > through) return false;
      if (!row || !from) return true;
      const place = sign * (item.at - row.at || item.id - row.id);
      return from.direction === 'above' ? place < 0 : place > 0;
    });
    const { counts, ...result } = await markAllRead({
      userId,
      scope: wanted,
      order: step.order,
      before: before === undefined ? undefined : new Date(before),
      from: row && from && { cursor: `${row.at}-${row.id}`, direction: from.direction },
      through,
    });
    const feeds = wanted.kind === 'starred' ? meant.map(({ feed }) => feed) : model.feedsOf(wanted);
    const marked = model.markAll(meant, result.undo, feeds);
    expect(result).toEqual({ marked, undo: marked === 0 ? null : expect.any(String) });
    if (wanted.kind === 'all' && !from) expect(counts).toBeDefined();
    if (counts !== undefined) expect(counts).toEqual(model.count(this.items));
  }

  async undo(user: number, which: number): Promise<void> {
    const { undoMarkAll } = await import('@/lib/service/mark-items');
    const model = this.readers[user] as ModelReader;
    const token = model.undos.at(-1 - which)?.token ?? randomUUID();
    // Nobody undoes what somebody else did.
    const other = this.users[1 - user] ?? 0;
    expect(await undoMarkAll({ userId: other, undo: token })).toBe(false);
    const done = await undoMarkAll({ userId: this.users[user] ?? 0, undo: token });
    expect(done).toBe(model.canUndo(token) ?? done);
    if (done) model.undo(token);
  }

  /** What a merge does to read states has a model of its own; here it is what follows from it. */
  async merge(from: number, into: number): Promise<void> {
    const [fromId = 0, intoId = 0] = [this.feeds[from], this.feeds[into]];
    if (fromId === intoId) return;
    const { moveFeed } = await import('@/lib/store/move-feed');
    const { openStore } = await import('@/lib/store/client');
    const { url, host } = await openStore().feed.findUniqueOrThrow({ where: { id: intoId } });
    const token = randomUUID();
    await openStore().feedSchedule.update({ where: { feedId: fromId }, data: { claim: token } });
    await moveFeed({ feedId: fromId, token, url, host });
    const of = (feed: number) => this.items.filter((item) => item.feed === feed);
    const newest = (feed: number) => Math.max(...of(feed).map(({ at }) => at));
    for (const model of this.readers) {
      const folder = model.feeds.get(intoId) ?? model.feeds.get(fromId) ?? null;
      const [hadFrom, hadInto] = [model.feeds.delete(fromId), model.feeds.has(intoId)];
      if (hadFrom !== hadInto) {
        const [own, strange] = hadFrom ? [fromId, intoId] : [intoId, fromId];
        for (const item of of(strange)) if (item.at <= newest(own)) model.read.add(item.id);
      }
      if (hadFrom || hadInto) model.feeds.set(intoId, folder);
      // What was done to feeds that are no more cannot be undone exactly.
      model.undos = [];
    }
    await openStore().markUndo.deleteMany({ where: { userId: { in: this.users } } });
    this.items = this.items.map((item) => (item.feed === fromId ? { ...item, feed: intoId } : item));
    this.feeds = this.feeds.map((id) => (id === fromId ? intoId : id));
  }

  async checkCounts(): Promise<void> {
    const { countUnread } = await import('@/lib/store/count-unread');
    for (const [index, model] of this.readers.entries()) {
      expect(await countUnread(this.users[index] ?? 0)).toEqual(model.count(this.items));
    }
  }

  async checkList(user: number, wanted: ItemQuery, limit: number): Promise<void> {
    const { countNewer, findNeighbours, listItems } = await import('@/lib/store/list-items');
    const userId = this.users[user] ?? 0;
    const model = this.readers[user] as ModelReader;
    const expected = model.list(this.items, wanted);
    const shown: ItemSummary[] = [];
    let cursor: string | null | undefined;
    while (cursor !== null) {
      const page = await listItems(userId, { ...wanted, cursor, limit });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      shown.push(...page.items);
      cursor = page.nextCursor;
    }
    const flags = expected.map((item) => [item.id, model.isRead(item), model.starred.has(item.id)]);
    expect(shown.map(({ id, read, starred }) => [id, read, starred])).toEqual(flags);
    const middle = expected[Math.floor(expected.length / 2)];
    if (middle === undefined) return;
    const place = expected.indexOf(middle);
    expect(await findNeighbours(userId, wanted, middle.id)).toEqual({
      previous: expected[place - 1]?.id ?? null,
      next: expected[place + 1]?.id ?? null,
    });
    expect(await countNewer(userId, wanted, `${middle.at}-${middle.id}`)).toBe(Math.min(place, 100));
  }
}

/** What is looked at after a step. */
interface Look {
  reader: number;
  counts: boolean;
  limit: number;
  query: { scope: string; unread: boolean; order: 'newest' | 'oldest' };
}

it('lists, counts, marks, undo and merges are those of a model without watermarks', async () => {
  const check = async (steps: { step: Operation; look: Look }[]) => {
    const world = new World();
    await world.build();
    for (const { step, look } of steps) {
      await world.run(step);
      // Not after each step: what is counted late has to be right as well.
      if (look.counts) await world.checkCounts();
      const { unread, order } = look.query;
      const wanted = { scope: world.toScope(look.query.scope, look.reader), unread, order };
      await world.checkList(look.reader, wanted, look.limit);
    }
    await world.checkCounts();
    for (const user of [0, 1]) {
      for (const name of ['all', 'starred', 'folder', 'feed 0', 'feed 1', 'feed 2']) {
        for (const unread of [true, false]) {
          for (const order of ['newest', 'oldest'] as const) {
            await world.checkList(user, { scope: world.toScope(name, user), unread, order }, 30);
          }
        }
      }
    }
  };
  const look = fc.record({ reader, counts: fc.boolean(), limit: fc.integer({ min: 1, max: 40 }), query });
  // What is marked is often taken back, after something else has happened.
  const undone = fc
    .tuple(markAll, fc.array(fc.oneof(mark, arrive, merge), { maxLength: 3 }), undo)
    .map(([first, between, last]): Operation[] => [
      first,
      ...between,
      { ...last, reader: first.reader, which: 0 },
    ]);
  // In two tabs: what was marked first is taken back first.
  const crossed = fc
    .tuple(markAll, fc.array(fc.oneof(mark, arrive), { maxLength: 2 }), markAll, undo)
    .map(([first, between, second, last]): Operation[] => [
      first,
      ...between,
      { ...second, reader: first.reader },
      { ...last, reader: first.reader, which: 1 },
    ]);
  const steps = fc
    .array(
      fc.oneof(
        operation.map((step) => [step]),
        undone,
        crossed,
      ),
      { minLength: 1, maxLength: 8 },
    )
    .chain((chunks) =>
      fc.tuple(...chunks.flat().map((step) => fc.record({ step: fc.constant(step), look }))),
    );
  await fc.assert(fc.asyncProperty(steps, check), {
    seed: 20261125,
    numRuns: 25,
    interruptAfterTimeLimit: 60_000,
  });
});
