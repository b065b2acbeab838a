import type { ItemQuery, ItemScope } from '@/lib/store/list-items';

/** What a reader's lists are made of, said without watermarks. */
export interface ModelItem {
  id: number;
  feed: number;
  at: number;
}

interface Marked {
  token: string;
  items: Set<number>;
  /** Feeds that it can have touched. */
  feeds: Set<number>;
}

/** One reader. */
export class ModelReader {
  /** Folder by feed. */
  readonly feeds = new Map<number, number | null>();
  readonly read = new Set<number>();
  readonly starred = new Set<number>();
  /** The latest last. */
  undos: Marked[] = [];

  /** Items of a list, in its order. */
  list(items: ModelItem[], { scope, unread, order }: ItemQuery): ModelItem[] {
    const feeds = new Set(this.feedsOf(scope));
    const isIn = (item: ModelItem) =>
      scope.kind === 'starred' ? this.starred.has(item.id) : feeds.has(item.feed);
    const sign = order === 'newest' ? -1 : 1;
    return items
      .filter((item) => isIn(item) && !(unread && this.isRead(item)))
      .sort((a, b) => sign * (a.at - b.at || a.id - b.id));
  }

  /** The feeds that a list is made of. */
  feedsOf(scope: ItemScope): number[] {
    const isIn = ([feed, folder]: [number, number | null]) => {
      if (scope.kind === 'feed') return feed === scope.id;
      return scope.kind !== 'folder' || folder === scope.id;
    };
    return [...this.feeds].filter(isIn).map(([feed]) => feed);
  }

  isRead(item: ModelItem): boolean {
    return !this.feeds.has(item.feed) || this.read.has(item.id);
  }

  count(items: ModelItem[]): Record<number, number> {
    const counts: Record<number, number> = {};
    for (const item of items) if (!this.isRead(item)) counts[item.feed] = (counts[item.feed] ?? 0) + 1;
    return counts;
  }

  mark(items: ModelItem[], marks: { read?: boolean | undefined; starred?: boolean | undefined }): void {
    for (const item of items) {
      if (!this.feeds.has(item.feed) && !this.starred.has(item.id)) continue;
      if (marks.read !== undefined) {
        this.read[marks.read ? 'add' : 'delete'](item.id);
        // Whoever marks one item means that item: no undo of something else takes it back.
        for (const undo of this.undos) undo.items.delete(item.id);
      }
      if (marks.starred !== undefined) this.starred[marks.starred ? 'add' : 'delete'](item.id);
    }
  }

  /** @param feeds those of the list that the items are of. */
  markAll(items: ModelItem[], token: string | null, feeds: Iterable<number>): number {
    const unread = items.filter((item) => !this.isRead(item));
    for (const { id } of unread) this.read.add(id);
    if (token !== null) {
      this.undos.push({ token, items: new Set(unread.map(({ id }) => id)), feeds: new Set(feeds) });
    }
    return unread.length;
  }

  /** @returns null where something later has touched the same feeds: whether that is in the way depends on how. */
  canUndo(token: string): boolean | null {
    const index = this.undos.findIndex((undo) => undo.token === token);
    const marked = this.undos[index];
    if (marked === undefined) return false;
    const later = this.undos.slice(index + 1).flatMap(({ feeds }) => [...feeds]);
    return later.some((feed) => marked.feeds.has(feed)) ? null : true;
  }

  undo(token: string): void {
    for (const undo of this.undos) {
      if (undo.token === token) for (const id of undo.items) this.read.delete(id);
    }
    this.undos = this.undos.filter((undo) => undo.token !== token);
  }
}
