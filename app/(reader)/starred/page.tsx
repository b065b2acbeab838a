import type { Metadata } from 'next';
import type { SearchParams } from '@/app/ui/read-before';
import { ListPage } from '../list-page';

export const metadata: Metadata = { title: 'Starred' };

/** What the reader has starred, of feeds that were left too. */
export default async function StarredPage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <ListPage
      scope={{ kind: 'starred' }}
      unread={false}
      name="starred"
      path="/starred"
      title="Starred"
      params={await searchParams}
      empty={
        <div className="empty-list">
          <p className="font-serif text-lg font-semibold text-ink">No stars yet.</p>
          <p className="mt-1">What you star stays here, whatever becomes of its feed.</p>
        </div>
      }
    />
  );
}
