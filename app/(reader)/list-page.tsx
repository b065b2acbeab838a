import type { ReactNode } from 'react';
import { fetchNow, markListRead, undoMarkedList } from '@/app/items/actions';
import { type Article, toArticle, toListedPage } from '@/app/ui/reader/listed-item';
import { type Opened, parseOpened } from '@/app/ui/reader/opened';
import { Reader } from '@/app/ui/reader/reader';
import type { ListOrder, ReaderView } from '@/app/ui/reader/reader-view';
import { UndoForm } from '@/app/ui/reader/undo-form';
import { currentUser } from '@/lib/auth/current-user';
import { type ItemScope, listItems } from '@/lib/store/list-items';
import { readItem } from '@/lib/store/read-items';
import { readPaneWidths, readReadingSettings } from './read-settings';

type Params = Record<string, string | string[] | undefined>;

interface ListPageProps {
  scope: ItemScope;
  /** Whether items that are read are left out; `undefined`: as the address or the settings say. */
  unread?: boolean;
  /** As the API names the view, and where its page is. */
  name: string;
  path: string;
  title: string;
  /** Of a feed. */
  icon?: string | null;
  params: Params;
  notice?: ReactNode;
  aside?: ReactNode;
  /** What is said where there is nothing; `undefined`: the usual. */
  empty?: ReactNode;
}

const text = (value: string | string[] | undefined) =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** @returns the article that an address says is open; null where it says none. */
export async function findOpened(userId: number, opened: Opened): Promise<Article | null> {
  if (typeof opened !== 'number') return null;
  const item = await readItem(userId, opened);
  return item === null ? null : toArticle(item);
}

/** What of an address says how a list is; the open item and the place in the list are left out. */
function queryOf(params: Params): string {
  const kept = new URLSearchParams();
  for (const name of ['unread', 'order', 'before'] as const) {
    const value = text(params[name]);
    if (value !== undefined) kept.set(name, value);
  }
  const query = kept.toString();
  return query === '' ? '' : `?${query}`;
}

function Empty({ unread, continued }: { unread: boolean; continued: boolean }) {
  if (continued) return <p className="empty-list">Nothing older.</p>;
  return (
    <div className="empty-list">
      <p className="font-serif text-lg font-semibold text-ink">
        {unread ? 'All read.' : 'Nothing here yet.'}
      </p>
      <p className="mt-1">
        {unread ? 'What is new appears here by itself.' : 'Items appear as soon as a feed has been read.'}
      </p>
    </div>
  );
}

/** A list of items with what is open beside it: every view of the reader is one. */
export async function ListPage(props: ListPageProps) {
  const { scope, name, path, title, icon = null, params, notice, aside } = props;
  const [user, settings, widths] = await Promise.all([
    currentUser(),
    readReadingSettings(),
    readPaneWidths(),
  ]);
  const wanted = text(params.unread);
  const unread = props.unread ?? (wanted === undefined ? settings.show === 'unread' : wanted === '1');
  const order: ListOrder =
    params.order === 'oldest' || params.order === 'newest' ? params.order : settings.order;
  const before = text(params.before);
  const opened = parseOpened(params.item, params.about);
  const [page, article] = await Promise.all([
    listItems(user.id, { scope, unread, order, cursor: before }),
    findOpened(user.id, opened),
  ]);
  const view: ReaderView = { name, unread, order, path, query: queryOf(params), title, icon };
  return (
    <Reader
      view={view}
      page={JSON.stringify(toListedPage(page))}
      opened={opened}
      article={article}
      asOf={new Date().toISOString()}
      listWidth={widths.list}
      filters={props.unread === undefined}
      notice={
        <>
          <UndoForm token={text(params.marked)} path={path} action={undoMarkedList} />
          {before !== undefined && (
            <p className="grid place-items-center border-b border-line p-2">
              <a href={path} className="quiet-button">
                To the top of the list
              </a>
            </p>
          )}
          {notice}
        </>
      }
      empty={props.empty ?? <Empty unread={unread} continued={before !== undefined} />}
      aside={aside}
      markAllAction={markListRead}
      fetchNow={fetchNow}
    />
  );
}
