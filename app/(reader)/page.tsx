import { addFeed } from '@/app/feeds/actions';
import { followStarters } from '@/app/feeds/starter-actions';
import { AddFeedForm } from '@/app/ui/add-feed-form';
import { FeedNav, type NavFeed } from '@/app/ui/feed-nav';
import { ItemList } from '@/app/ui/item-list';
import { NavLink } from '@/app/ui/nav-link';
import { readBefore, type SearchParams } from '@/app/ui/read-before';
import { StartPage } from '@/app/ui/start-page';
import { StarterFeeds } from '@/app/ui/starter-feeds';
import { currentUser } from '@/lib/auth/current-user';
import { listItems } from '@/lib/store/list-items';
import { loadFeeds } from './load-feeds';

/** More feeds than this are folded away on a phone, so that the items are in sight. */
const FEEDS_UNFOLDED = 4;
/** More than this have a page of their own there. */
const FEEDS_SHOWN = 12;

const fails = ({ status }: NavFeed) => status === 'failing' || status === 'gone';

function summarise(feeds: NavFeed[]): string {
  const count = feeds.length === 1 ? 'One feed' : `${feeds.length} feeds`;
  const failing = feeds.filter(fails).length;
  return failing === 0 ? count : `${count}, ${failing} failing`;
}

/** The feeds on a phone, where there is no room beside the page: those that fail come first. */
function FoldedFeeds({ feeds }: { feeds: NavFeed[] }) {
  const shown = [...feeds.filter(fails), ...feeds.filter((feed) => !fails(feed))].slice(0, FEEDS_SHOWN);
  return (
    <details className="group mb-8 -mt-2 lg:hidden" open={feeds.length <= FEEDS_UNFOLDED}>
      <summary className="flex min-h-11 items-center gap-2 text-sm font-semibold text-muted">
        <span aria-hidden="true" className="group-open:rotate-90">
          ›
        </span>
        {summarise(feeds)}
      </summary>
      <nav aria-label="Feeds" className="-mx-2.5">
        <FeedNav feeds={shown} />
        <NavLink href="/feeds">All feeds</NavLink>
      </nav>
    </details>
  );
}

/** The first page: the form, the feeds, and the newest of all of them. */
export default async function HomePage({ searchParams }: { searchParams: SearchParams }) {
  const before = await readBefore(searchParams);
  const user = await currentUser();
  const [feeds, page] = await Promise.all([
    loadFeeds(user.id),
    listItems(user.id, { scope: { kind: 'all' }, unread: false, order: 'newest', cursor: before }),
  ]);
  const form = <AddFeedForm action={addFeed} />;
  if (feeds.length === 0)
    return <StartPage form={form} starters={<StarterFeeds follow={followStarters} />} />;

  return (
    <>
      {before === undefined && (
        <div className="mb-9 rounded-xl border border-line bg-sunk p-5 sm:p-6">{form}</div>
      )}
      <FoldedFeeds feeds={feeds} />
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Newest</h1>
      {page.items.length === 0 && (
        <p className="mt-4 text-muted">
          {before === undefined
            ? 'Nothing here yet. Items appear as soon as a feed has been read.'
            : 'Nothing older.'}
        </p>
      )}
      <ItemList
        page={page}
        path="/"
        continued={before !== undefined}
        asOf={new Date().toISOString()}
        withFeed
      />
    </>
  );
}
