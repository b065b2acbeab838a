import type { Metadata } from 'next';
import { ButtonLink } from '@/app/ui/button-link';
import type { SearchParams } from '@/app/ui/read-before';
import { SearchForm } from '@/app/ui/search-form';
import { SearchHitRow } from '@/app/ui/search-hit-row';
import { SearchKeys } from '@/app/ui/search-keys';
import { type AskedSearch, readSearch, writePlace, writeSearch } from '@/app/ui/search-query';
import { currentUser } from '@/lib/auth/current-user';
import { searchItems } from '@/lib/service/search-items';
import { listFolders } from '@/lib/store/read-folders';
import type { SearchPage } from '@/lib/store/views';
import { loadOverview } from '../load-feeds';

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
    <p className="mt-6 text-muted">
      All words have to be there, in the title, the author or the text. <code>“two words”</code> stand beside
      each other, <code>-word</code> must not be there, <code>this OR that</code> finds either,{' '}
      <code>begin*</code> whatever begins like that. Accents and capitals do not matter.
    </p>
  );
}

function Results({ asked, page, asOf }: { asked: AskedSearch; page: SearchPage; asOf: string }) {
  const none = asked.cursor === undefined ? 'Nothing was found.' : 'Nothing older was found.';
  return (
    <>
      <p role="status" className="mt-6 text-muted empty:mt-0">
        {page.items.length === 0 && none}
      </p>
      <SearchKeys />
      <ol aria-label="Found items" data-hits="">
        {page.items.map((hit) => (
          <SearchHitRow key={hit.id} hit={hit} asOf={asOf} />
        ))}
      </ol>
      <nav aria-label="Pages" className="mt-6 flex flex-wrap gap-3 empty:hidden">
        {asked.cursor !== undefined && (
          <ButtonLink href={writeSearch({ ...asked, cursor: undefined })}>First results</ButtonLink>
        )}
        {page.nextCursor !== null && (
          <ButtonLink href={writeSearch({ ...asked, cursor: page.nextCursor })}>More results</ButtonLink>
        )}
      </nav>
    </>
  );
}

/** Searches what one follows. */
export default async function SearchItemsPage({ searchParams }: { searchParams: SearchParams }) {
  const asked = readSearch(await searchParams);
  const user = await currentUser();
  const { text, place, order, cursor } = asked;
  const [places, page] = await Promise.all([
    listPlaces(user.id, asked),
    searchItems({ userId: user.id, text, scope: place, order, cursor }),
  ]);
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Search</h1>
      <SearchForm asked={asked} places={places} />
      {page === null ? <Hint /> : <Results asked={asked} page={page} asOf={new Date().toISOString()} />}
    </>
  );
}
