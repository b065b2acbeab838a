import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { markItem } from '@/app/items/actions';
import { ArticleView } from '@/app/ui/article-view';
import { ItemForms } from '@/app/ui/item-forms';
import { parseId } from '@/app/ui/parse-id';
import type { SearchParams } from '@/app/ui/read-before';
import { toArticle } from '@/app/ui/reader/listed-item';
import { currentUser } from '@/lib/auth/current-user';
import { markItems } from '@/lib/service/mark-items';
import { readItem } from '@/lib/store/read-items';
import { readReadingSettings } from '../../read-settings';

interface ItemPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const loadItem = cache(async (segment: string) => {
  const id = parseId(segment, Number.MAX_SAFE_INTEGER);
  if (id === null) notFound();
  const user = await currentUser();
  const item = await readItem(user.id, id);
  return item === null ? notFound() : { userId: user.id, item };
});

export async function generateMetadata({ params }: ItemPageProps): Promise<Metadata> {
  const { item } = await loadItem((await params).id);
  return { title: item.title };
}

/** Whether somebody reads the page, rather than a browser that guesses what will be read. */
async function isRead(): Promise<boolean> {
  const asked = await headers();
  return !/prefetch|prerender/.test(`${asked.get('sec-purpose')} ${asked.get('purpose')}`);
}

/** An article by itself: what a list leads to without JavaScript, and in a tab of its own. */
export default async function ItemPage({ params, searchParams }: ItemPageProps) {
  const { userId, item } = await loadItem((await params).id);
  const settings = await readReadingSettings();
  const { keep } = await searchParams;
  const opens = keep !== '1' && settings.opened === 'on' && !item.read && (await isRead());
  if (opens) await markItems({ userId, itemIds: [item.id], read: true });
  const article = toArticle(opens ? { ...item, read: true } : item);
  return (
    <article aria-labelledby="article-title">
      <ArticleView article={article} asOf={new Date().toISOString()} />
      <ItemForms article={article} action={markItem} />
    </article>
  );
}
