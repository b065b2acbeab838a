import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openStore } from '@/lib/store/client';
import { Prisma } from '@/lib/store/generated/client';
import { type Stretch, selectFromFeeds, selectFromWindow, selectStarred } from '@/lib/store/select-keys';
import type { SeededReaders } from '../support/seed-reading';

/** Writes the plans of the statements that find a page's items, with what they did, into a file. */
export async function writePlans(readers: SeededReaders, path: string): Promise<void> {
  const base = { unread: true, order: 'newest', place: null, side: 'after', limit: 51 } as const;
  const all = { kind: 'all' } as const;
  const plans: [string, Stretch, (stretch: Stretch) => Prisma.Sql][] = [];
  for (const [name, userId] of [
    ['usual', readers.usual],
    ['hoarder', readers.hoarder],
    ['tidy', readers.tidy],
    ['few', readers.few],
  ] as const) {
    for (const unread of [true, false]) {
      for (const order of ['newest', 'oldest'] as const) {
        const stretch = { ...base, userId, scope: all, unread, order };
        const what = `${name}, ${unread ? 'unread' : 'all'}, ${order} first`;
        plans.push([`${what}: from the window`, stretch, selectFromWindow]);
        plans.push([`${what}: from the feeds`, stretch, selectFromFeeds]);
      }
    }
  }
  const { usual, folder, rareFolder, busiestFeed } = readers;
  for (const scope of [
    { kind: 'folder', id: folder },
    { kind: 'folder', id: rareFolder },
    { kind: 'feed', id: busiestFeed },
  ] as const) {
    plans.push([`${scope.kind} ${scope.id}, unread`, { ...base, userId: usual, scope }, selectFromFeeds]);
  }
  const starred = { ...base, userId: usual, scope: { kind: 'starred' } as const, unread: false };
  plans.push(['starred', starred, selectStarred]);
  const texts: string[] = [];
  for (const [what, stretch, select] of plans) {
    const rows = await openStore().$queryRaw<{ 'QUERY PLAN': string }[]>(
      Prisma.sql`EXPLAIN (ANALYZE, BUFFERS) ${select(stretch)}`,
    );
    texts.push(`== ${what}\n${rows.map((row) => row['QUERY PLAN']).join('\n')}\n`);
  }
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, texts.join('\n'));
}
