import type { ItemQuery } from '@/lib/store/list-items';

/** What a reader's lists are made of, said without watermarks. */
export interface ModelItem {
  id: number;
  feed: number;
  at: number;
}

interface Marked {
  token: string;
  items: Set<number>;
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
    const isIn = (item: ModelItem) => {
      if (scope.kind === 'starred') return this.starred.has(item.id);
      if (!this.feeds.has(item.feed)) return false;
      if (scope.kind === 'feed') return item.feed === scope.id;
      return scope.kind === 'all' || this.feeds.get(item.feed) === scope.id;
    };
    const sign = order === 'newest' ? -1 : 1;
    return items
      .filter((item) => isIn(item) && !(unread && this.isRead(item)))
      .sort((a, b) => sign * (a.at - b.at || a.id - b.id));
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

  markAll(items: ModelItem[], token: string | null): number {
    const unread = items.filter((item) => !this.isRead(item));
    for (const { id } of unread) this.read.add(id);
    if (token !== null) this.undos.push({ token, items: new Set(unread.map(({ id }) => id)) });
    return unread.length;
  }

  undo(token: string): boolean {
    const last = this.undos.at(-1);
    if (last?.token !== token) return false;
    this.undos.pop();
    for (const id of last.items) this.read.delete(id);
    return true;
  }
}
