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
