'use client';

import { useEffect, useSyncExternalStore } from 'react';
import { expectEnclosures } from '@/app/ui/late-enclosures';
import type { Article } from './listed-item';
import { makeSignal } from './signal';

/** Articles that were asked for: the neighbours of the one that is read wait here. */

/** Longest texts are some 500 kB: more of them are not kept. */
const KEPT = 40;

type Kept = Article | 'missing' | 'failed';

const changed = makeSignal();
const kept = new Map<number, Kept>();
const asked = new Map<number, Promise<void>>();

function keep(id: number, article: Kept) {
  if (typeof article === 'object' && article.enclosures.length > 0) expectEnclosures();
  kept.delete(id);
  kept.set(id, article);
  for (const oldest of kept.keys()) {
    if (kept.size <= KEPT) break;
    kept.delete(oldest);
  }
  changed.emit();
}

async function ask(id: number): Promise<void> {
  try {
    const response = await fetch(`/api/items/${id}`);
    if (response.ok) keep(id, (await response.json()) as Article);
    else keep(id, response.status === 404 ? 'missing' : 'failed');
  } catch {
    keep(id, 'failed');
  }
  asked.delete(id);
}

/** Has an article fetched unless it is here or on its way. */
export function prefetchArticle(id: number): void {
  const here = kept.get(id);
  if ((here === undefined || here === 'failed') && !asked.has(id)) asked.set(id, ask(id));
}

/** @returns an article that is here; null for any other. */
export function readArticle(id: number | null): Article | null {
  const here = id === null ? null : kept.get(id);
  return typeof here === 'object' ? here : null;
}

/**
 * An article as soon as it is here.
 *
 * @param rendered the one that came with the page.
 * @returns null while it is on its way.
 */
export function useArticle(id: number | null, rendered: Article | null): Kept | null {
  const given = rendered !== null && rendered.id === id ? rendered : null;
  useEffect(() => {
    if (id === null) return;
    if (given !== null) keep(id, given);
    else prefetchArticle(id);
  }, [id, given]);
  const read = () => given ?? (id === null ? null : (kept.get(id) ?? null));
  return useSyncExternalStore(changed.subscribe, read, () => given);
}
