import type { Metadata } from 'next';
import type { SearchParams } from '@/app/ui/read-before';
import { toListedPage } from '@/app/ui/reader/listed-item';
import { parseOpened } from '@/app/ui/reader/opened';
import { Reader } from '@/app/ui/reader/reader';
import type { ReaderView } from '@/app/ui/reader/reader-view';
import { SearchForm } from '@/app/ui/search-form';
import { type AskedSearch, readSearch, writePlace, writeSearch } from '@/app/ui/search-query';
import { currentUser } from '@/lib/auth/current-user';
import { searchItems } from '@/lib/service/search-items';
import { listFolders } from '@/lib/store/read-folders';
import type { SearchPage } from '@/lib/store/views';
import { findOpened } from '../list-page';
import { loadOverview } from '../load-feeds';
import { readPaneWidths } from '../read-settings';

export async function generateMetadata({ searchParams }: { searchParams: SearchParams }): Promise<Metadata> {
  const { text } = readSearch(await searchParams);
  return { title: text === '' ? 'Search' : `Search: ${text}` };
}

/** Where else can be searched: the folders, and the feed that is. */
async function listPlaces(userId: number, { place }: AskedSearch) {
  const folders = await listFolders(userId);
  const places = folders.map(({ id, name }) => ({ value: `folder-${id}`, label: name }));
  if (place.kind !== 'feed') return places;
  const feed = (await loadOverview(userId)).feeds.find(({ id }) => id === place.id);
  return [...places, { value: writePlace(place), label: feed?.title ?? 'A feed you do not follow' }];
}

function Hint() {
  return (
    <div className="p-4 text-muted">
      <p>
        All words have to be there, in the title, the author or the text. Accents and capitals do not matter.
      </p>
      <dl className="search-hints">
        <dt>“two words”</dt>
        <dd>stand beside each other</dd>
        <dt>-word</dt>
        <dd>must not be there</dd>
        <dt>this OR that</dt>
        <dd>finds either</dd>
        <dt>begin*</dt>
        <dd>finds whatever begins like that</dd>
      </dl>
    </div>
  );
}

/** What there is to say where nothing, or not the first page, was found. */
function Outcome({ asked, page }: { asked: AskedSearch; page: SearchPage }) {
  const isFirst = asked.cursor === undefined;
  return (
    <>
      <p role="status" className="empty-list">
        {page.items.length === 0 && (isFirst ? 'Nothing was found.' : 'Nothing older was found.')}
      </p>
      {!isFirst && (
        <p className="grid place-items-center border-b border-line p-2">
          <a href={writeSearch({ ...asked, cursor: undefined })} className="quiet-button">
            First results
          </a>
        </p>
      )}
    </>
  );
}

function toView(asked: AskedSearch, isAsked: boolean): ReaderView {
  const query = writeSearch(asked).slice('/search'.length);
  const [, found = ''] = writeSearch({ ...asked, cursor: undefined }).split('?');
  return {
    name: 'search',
    unread: false,
    order: 'newest',
    path: '/search',
    query,
    title: 'Search',
    found: { query: isAsked ? found : '', byDate: asked.order === 'date' },
  };
}

/** Searches what one follows: what is found is a list as any other, with what is open beside it. */
export default async function SearchItemsPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const asked = readSearch(params);
  const opened = parseOpened(params.item, undefined);
  const user = await currentUser();
  const { text, place, order, cursor } = asked;
  const [places, page, article, widths] = await Promise.all([
    listPlaces(user.id, asked),
    searchItems({ userId: user.id, text, scope: place, order, cursor }),
    findOpened(user.id, opened),
    readPaneWidths(),
  ]);
  return (
    <Reader
      view={toView(asked, page !== null)}
      page={JSON.stringify(page === null ? { items: [], nextCursor: null } : toListedPage(page))}
      opened={opened}
      article={article}
      asOf={new Date().toISOString()}
      listWidth={widths.list}
      filters={false}
      notice={
        <>
          <SearchForm asked={asked} places={places} />
          {page === null ? <Hint /> : <Outcome asked={asked} page={page} />}
        </>
      }
    />
  );
}
