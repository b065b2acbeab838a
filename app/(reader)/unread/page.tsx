import type { Metadata } from 'next';
import type { SearchParams } from '@/app/ui/read-before';
import { ListPage } from '../list-page';

export const metadata: Metadata = { title: 'Unread' };

/** What of all feeds has not been read. */
export default async function UnreadPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  return (
    <ListPage scope={{ kind: 'all' }} unread name="unread" path="/unread" title="Unread" params={params} />
  );
}
