import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { chooseItemText, markItem } from '@/app/items/actions';
import { ItemArticle } from '@/app/ui/item-article';
import { parseId } from '@/app/ui/parse-id';
import type { SearchParams } from '@/app/ui/read-before';
import { toArticle } from '@/app/ui/reader/listed-item';
import type { ShownText } from '@/app/ui/reader/shown-texts';
import { currentUser } from '@/lib/auth/current-user';
import { markItems } from '@/lib/service/mark-items';
import { requestFullText } from '@/lib/service/request-full-text';
import { readFullText } from '@/lib/store/full-texts';
import { readItem } from '@/lib/store/read-items';
import type { ItemView } from '@/lib/store/views';
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

/** The text of the item's own page, as far as that has come; null where nobody has asked for it. */
async function findFullText(userId: number, item: ItemView): Promise<ShownText | null> {
  const found = await readFullText(userId, item.id);
  const asks = found?.text.status === 'none' && item.wantsFullText && (await isRead());
  const text = asks ? await requestFullText({ userId, itemId: item.id }) : found?.text;
  return text == null || text.status === 'none' ? null : text;
}

/** An article by itself: what a list leads to without JavaScript, and in a tab of its own. */
export default async function ItemPage({ params, searchParams }: ItemPageProps) {
  const { userId, item } = await loadItem((await params).id);
  const settings = await readReadingSettings();
  const { keep, text: chosen } = await searchParams;
  const opens = keep !== '1' && settings.opened === 'on' && !item.read && (await isRead());
  if (opens) await markItems({ userId, itemIds: [item.id], read: true });
  const wantsFull = chosen === 'full' || (item.wantsFullText && chosen !== 'feed');
  const text = wantsFull ? await findFullText(userId, item) : null;
  // Shown again because of what was done here, it is not read because of that.
  const address = `/items/${item.id}?keep=1${chosen === 'full' || chosen === 'feed' ? `&text=${chosen}` : ''}`;
  return (
    <>
      {text?.status === 'waiting' && (
        <noscript>
          <meta httpEquiv="refresh" content={`2;url=${address}`} />
        </noscript>
      )}
      <ItemArticle
        article={toArticle(opens ? { ...item, read: true } : item)}
        asOf={new Date().toISOString()}
        wantsFull={wantsFull}
        text={text}
        address={address}
        markAction={markItem}
        textAction={chooseItemText}
      />
    </>
  );
}
