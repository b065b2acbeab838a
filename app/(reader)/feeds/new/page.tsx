import type { Metadata } from 'next';
import { addFeed } from '@/app/feeds/actions';
import { AddFeedForm } from '@/app/ui/add-feed-form';
import type { SearchParams } from '@/app/ui/read-before';

export const metadata: Metadata = { title: 'Add a feed' };

/** The form by itself; `?url=` fills it in, for bookmarklets and browser extensions. */
export default async function NewFeedPage({ searchParams }: { searchParams: SearchParams }) {
  const { url } = await searchParams;
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Add a feed</h1>
      <p className="mt-3 mb-7 text-muted">
        Paste the address of a feed, or of a site or page that has one. Tidings looks for it.
      </p>
      <AddFeedForm action={addFeed} address={typeof url === 'string' ? url : ''} autoFocus />
    </>
  );
}
