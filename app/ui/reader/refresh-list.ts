import { reloadList } from './look-again';
import { expected } from './pulse';
import { feedOf, type ReaderView } from './reader-view';
import { tell } from './undo-stack';

/**
 * Has the feeds of a list looked at again, and loads it anew.
 *
 * @param fetchNow asks for the feeds to be fetched; left out where the list is not of feeds.
 */
export async function refreshList(
  view: ReaderView,
  fetchNow: ((viewName: string) => Promise<void>) | undefined,
  scroller: HTMLElement | null,
): Promise<void> {
  if (view.found?.query === '') return;
  const isGone = () => tell('The server does not answer.');
  if (fetchNow === undefined) tell('Searching again…');
  else {
    tell(feedOf(view) === null ? 'Looking for new items…' : 'Asking the feed…');
    try {
      await fetchNow(view.name);
    } catch {
      return isGone();
    }
    expected.emit();
  }
  if (await reloadList(view)) scroller?.scrollTo({ top: 0 });
  else isGone();
}
