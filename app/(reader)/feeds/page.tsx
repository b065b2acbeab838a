import type { Metadata } from 'next';
import { loadFeeds } from '@/app/(reader)/load-feeds';
import { ButtonLink } from '@/app/ui/button-link';
import { FeedNav } from '@/app/ui/feed-nav';
import { currentUser } from '@/lib/auth/current-user';

export const metadata: Metadata = { title: 'Feeds' };

/** All feeds, where there is no room for them beside the page. */
export default async function FeedsPage() {
  const user = await currentUser();
  const feeds = await loadFeeds(user.id);
  return (
    <>
      <h1 className="mb-4 font-serif text-3xl font-semibold tracking-tight">Feeds</h1>
      {feeds.length === 0 ? (
        <>
          <p className="mb-6 text-muted">There are none yet.</p>
          <ButtonLink href="/feeds/new">Add the first one</ButtonLink>
        </>
      ) : (
        <nav aria-label="All feeds" className="-mx-2.5">
          <FeedNav feeds={feeds} />
        </nav>
      )}
    </>
  );
}
