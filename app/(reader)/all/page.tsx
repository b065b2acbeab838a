import type { Metadata } from 'next';
import type { SearchParams } from '@/app/ui/read-before';
import { ListPage } from '../list-page';

export const metadata: Metadata = { title: 'All items' };

/** Everything that all feeds have brought. */
export default async function AllPage({ searchParams }: { searchParams: SearchParams }) {
  return (
    <ListPage
      scope={{ kind: 'all' }}
      unread={false}
      name="all"
      path="/all"
      title="All items"
      params={await searchParams}
    />
  );
}
