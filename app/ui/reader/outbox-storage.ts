import type { ListOrder } from './reader-view';

/** Something that a reader has done, and that the server does not know yet. */
export type Deed =
  | { kind: 'mark'; ids: number[]; read?: boolean; starred?: boolean }
  | {
      kind: 'all';
      view: string;
      order: ListOrder;
      before?: string;
      from?: { cursor: string; direction: 'above' | 'below' };
      through?: number;
      /** Names the undo, and the deed: told twice, it is done once. */
      undo?: string;
    }
  | { kind: 'undo'; undo: string };

export interface KeptDeed {
  key: string;
  deed: Deed;
}

/** Where deeds wait: a key for each, so that tabs do not overwrite one another's. */
export interface DeedStore {
  keep(deed: Deed): KeptDeed;
  /** In the order in which they were done. */
  list(): KeptDeed[];
  forget(keys: readonly string[]): void;
  /** Leaves word of a deed of another tab, which hears it: until it is forgotten. */
  leaveWord(key: string, word: unknown): void;
}

const KINDS = ['mark', 'all', 'undo'];

function parseDeed(text: string | null): Deed | null {
  try {
    const deed: unknown = JSON.parse(text ?? '');
    const kind = deed !== null && typeof deed === 'object' && 'kind' in deed ? deed.kind : null;
    return KINDS.includes(String(kind)) ? (deed as Deed) : null;
  } catch {
    // Not ours, or of a version that wrote something else.
    return null;
  }
}

/** @returns what tells a reader's deeds from what else is stored. */
export function deedPrefix(userId: number): string {
  return `tidings.deed.${userId}.`;
}

let made = 0;

/**
 * Keeps deeds in the browser's storage, where they outlive the tab; in memory where it has none or is full.
 *
 * @param storage of the browser, or what stands in for it.
 */
export function openDeedStore(userId: number, storage: Storage | null): DeedStore {
  const prefix = deedPrefix(userId);
  const memory = new Map<string, Deed>();
  const tab = Math.random().toString(36).slice(2, 8);

  function stored(): KeptDeed[] {
    const keys = Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? '');
    return keys
      .filter((key) => key.startsWith(prefix))
      .flatMap((key) => {
        const deed = parseDeed(storage?.getItem(key) ?? null);
        return deed === null ? [] : [{ key, deed }];
      });
  }

  return {
    keep(deed) {
      made += 1;
      const order = `${Date.now().toString().padStart(15, '0')}.${made.toString().padStart(9, '0')}`;
      const key = `${prefix}${order}.${tab}`;
      try {
        if (storage === null) memory.set(key, deed);
        else storage.setItem(key, JSON.stringify(deed));
      } catch {
        // Full, or forbidden: then it lasts as long as the tab.
        memory.set(key, deed);
      }
      return { key, deed };
    },
    list() {
      const kept = [...stored(), ...[...memory].map(([key, deed]) => ({ key, deed }))];
      return kept.sort((a, b) => (a.key < b.key ? -1 : 1));
    },
    forget(keys) {
      for (const key of keys) {
        memory.delete(key);
        storage?.removeItem(key);
      }
    },
    leaveWord(key, word) {
      try {
        storage?.setItem(key, JSON.stringify({ word }));
      } catch {
        // Full: the tab hears that it has been told, and not what was said.
      }
    },
  };
}

/** @returns the browser's storage; null where it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** As the server takes them in one request. */
export const MOST_IDS = 500;

/**
 * @returns how many of the first deeds can be told in one request: marks that say the same; one of any other kind.
 */
export function takeAlike(kept: readonly KeptDeed[]): { keys: string[]; deed: Deed } | null {
  const [first, ...rest] = kept;
  if (first === undefined) return null;
  if (first.deed.kind !== 'mark') return { keys: [first.key], deed: first.deed };
  const { read, starred } = first.deed;
  const keys = [first.key];
  const ids = new Set(first.deed.ids);
  for (const { key, deed } of rest) {
    if (deed.kind !== 'mark' || deed.read !== read || deed.starred !== starred) break;
    if (ids.size + deed.ids.length > MOST_IDS) break;
    keys.push(key);
    for (const id of deed.ids) ids.add(id);
  }
  return { keys, deed: { ...first.deed, ids: [...ids] } };
}
