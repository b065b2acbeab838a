import { addFeed } from '@/app/feeds/actions';
import { followStarters } from '@/app/feeds/starter-actions';
import { AddFeedForm } from '@/app/ui/add-feed-form';
import type { SearchParams } from '@/app/ui/read-before';
import { StartPage } from '@/app/ui/start-page';
import { StarterFeeds } from '@/app/ui/starter-feeds';
import { currentUser } from '@/lib/auth/current-user';
import { ListPage } from './list-page';
import { loadFeeds } from './load-feeds';

/** The first page: what is unread, below the form for one more feed; for whoever has none yet, the form alone. */
export default async function HomePage({ searchParams }: { searchParams: SearchParams }) {
  const user = await currentUser();
  const feeds = await loadFeeds(user.id);
  if (feeds.length === 0)
    return (
      <StartPage
        form={<AddFeedForm action={addFeed} />}
        starters={<StarterFeeds follow={followStarters} />}
      />
    );
  return (
    <ListPage
      scope={{ kind: 'all' }}
      unread
      name="unread"
      path="/"
      title="Unread"
      params={await searchParams}
      notice={
        <div className="border-b border-line px-3 py-2.5">
          <AddFeedForm action={addFeed} slim />
        </div>
      }
    />
  );
}
