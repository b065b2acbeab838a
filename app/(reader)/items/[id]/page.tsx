import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { ArticleBody } from '@/app/ui/article-body';
import { ArticleHeader } from '@/app/ui/article-header';
import { ArticleLinks } from '@/app/ui/article-links';
import { Enclosures } from '@/app/ui/enclosures';
import { parseId } from '@/app/ui/parse-id';
import { currentUser } from '@/lib/auth/current-user';
import { readItem } from '@/lib/store/read-items';

interface ItemPageProps {
  params: Promise<{ id: string }>;
}

const loadItem = cache(async (segment: string) => {
  const id = parseId(segment, Number.MAX_SAFE_INTEGER);
  if (id === null) notFound();
  const user = await currentUser();
  const item = await readItem(user.id, id);
  return item ?? notFound();
});

export async function generateMetadata({ params }: ItemPageProps): Promise<Metadata> {
  const item = await loadItem((await params).id);
  return { title: item.title };
}

/** An article. */
export default async function ItemPage({ params }: ItemPageProps) {
  const item = await loadItem((await params).id);
  return (
    <article>
      <ArticleHeader item={item} asOf={new Date().toISOString()} />
      {item.html === '' ? (
        <p className="text-muted">The feed brings no text for this item; it is on its site.</p>
      ) : (
        <ArticleBody html={item.html} language={item.feedLanguage} />
      )}
      <Enclosures enclosures={item.enclosures} html={item.html} />
      <ArticleLinks item={item} />
    </article>
  );
}
