import { type Cursor, readCursor } from './cursor';
import { Prisma } from './generated/client';

/** Which of a reader's items a list has. */
export type ItemScope =
  | { kind: 'all' }
  | { kind: 'starred' }
  | { kind: 'folder'; id: number }
  | { kind: 'feed'; id: number };

export type ItemOrder = 'newest' | 'oldest';

/** Whether an item `i` is read, by its state `st` and its subscription `s`; what is only starred counts as read. */
export const IS_READ = Prisma.sql`COALESCE(st.read, i.id <= s.read_through_id, true)`;

/** The subscriptions `s` of a user that a list is made of. */
export function matchSubscriptions(userId: number, scope: ItemScope): Prisma.Sql {
  switch (scope.kind) {
    case 'folder':
      return Prisma.sql`s.user_id = ${userId} AND s.folder_id = ${scope.id}`;
    case 'feed':
      return Prisma.sql`s.user_id = ${userId} AND s.feed_id = ${scope.id}`;
    default:
      return Prisma.sql`s.user_id = ${userId}`;
  }
}

/**
 * The rows of a list, as a FROM and WHERE: items `i`, with their subscription `s` and the reader's state `st`. Stars
 * outlive the subscription: then there is no `s`.
 */
export function fromScope(userId: number, scope: ItemScope): Prisma.Sql {
  if (scope.kind === 'starred') {
    return Prisma.sql`
      FROM item_states st JOIN items i ON i.id = st.item_id
      LEFT JOIN subscriptions s ON s.feed_id = i.feed_id AND s.user_id = ${userId}
      WHERE st.user_id = ${userId} AND st.starred_at IS NOT NULL`;
  }
  return Prisma.sql`
    FROM subscriptions s JOIN items i ON i.feed_id = s.feed_id
    LEFT JOIN item_states st ON st.item_id = i.id AND st.user_id = ${userId}
    WHERE ${matchSubscriptions(userId, scope)}`;
}

/** What comes after a place in a list, or before it. */
export function beyond(place: Cursor, order: ItemOrder, side: 'after' | 'before'): Prisma.Sql {
  const sign = (order === 'newest') === (side === 'after') ? Prisma.sql`<` : Prisma.sql`>`;
  return Prisma.sql`(i.sort_at, i.id) ${sign} (${place.sortAt}, ${place.id}::bigint)`;
}

/** @returns the condition of a page that begins after a cursor; of the first page, where there is none. */
export function afterCursor(cursor: string | undefined, order: ItemOrder): Prisma.Sql {
  const place = readCursor(cursor);
  return place === null ? Prisma.sql`true` : beyond(place, order, 'after');
}
