import type { Ids } from './victim';

/** A request for something by its number. */
export interface Probe {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: (ids: Ids) => string;
  /** Sent as JSON. */
  body?: (ids: Ids) => unknown;
  /** Anybody may have it: it belongs to nobody. */
  open?: true;
  /** No two answers are the same. */
  varies?: true;
}

const reads = (path: Probe['path']): Probe => ({ path });
/** Figures change from one moment to the next. */
const figures: Probe = { path: () => '/metrics', varies: true };
const open = (path: string): Probe => ({ path: () => path, open: true });

/**
 * What can be asked of each page and route, by its place in the build. One that is not here fails the test: whoever adds
 * a route says how somebody else would try to misuse it. Methods that are not here have to be refused (405).
 */
export const ROUTES: Record<string, Probe[]> = {
  '/': [reads(() => '/'), reads(({ item }) => `/?before=1-${item}`)],
  '/feeds': [reads(() => '/feeds'), reads(() => '/feeds?q=AliceSecret')],
  '/feeds/[id]': [reads(({ feed }) => `/feeds/${feed}`)],
  '/feeds/new': [reads(() => '/feeds/new')],
  '/feeds/remove': [reads(({ feed }) => `/feeds/remove?ids=${feed}&back=/feeds`)],
  '/import': [reads(() => '/import')],
  '/import/[id]': [reads(({ import: id }) => `/import/${id}`)],
  '/items/[id]': [reads(({ item }) => `/items/${item}`)],
  '/export/opml': [reads(() => '/export/opml')],
  '/api/counts': [reads(() => '/api/counts')],
  '/api/feeds/[id]/status': [reads(({ feed }) => `/api/feeds/${feed}/status`)],
  '/api/health-line': [reads(() => '/api/health-line')],
  '/api/imports': [{ method: 'POST', path: () => '/api/imports', body: () => ({}) }],
  '/api/imports/[id]': [reads(({ import: id }) => `/api/imports/${id}`)],
  '/api/items': [
    ...['unread', 'all', 'starred'].map((view) => reads(() => `/api/items?view=${view}`)),
    reads(({ feed }) => `/api/items?view=feed-${feed}&unread=0`),
    reads(({ folder }) => `/api/items?view=folder-${folder}&unread=0`),
    {
      method: 'PATCH',
      path: () => '/api/items',
      body: ({ item }) => ({ ids: [item], read: true, starred: false }),
    },
  ],
  '/api/items/[id]': [reads(({ item }) => `/api/items/${item}`)],
  '/api/mark-read': [
    ...(['all', 'feed', 'folder'] as const).map(
      (view): Probe => ({
        method: 'POST',
        path: () => '/api/mark-read',
        body: (ids) => ({ view: view === 'all' ? view : `${view}-${ids[view]}` }),
      }),
    ),
  ],
  '/api/undo': [{ method: 'POST', path: () => '/api/undo', body: ({ undo }) => ({ undo }) }],
  '/icons/[key]/[size]': [open('/icons/1-abc/32')],
  '/websub/[token]': [open('/websub/none'), { method: 'POST', path: () => '/websub/none', open: true }],
  '/metrics': [figures],
  '/healthz': [open('/healthz')],
  '/readyz': [open('/readyz')],
  '/icon.svg': [open('/icon.svg')],
  '/apple-icon.png': [open('/apple-icon.png')],
  '/manifest.webmanifest': [open('/manifest.webmanifest')],
};

/** How a server action is called: what stands before the form among its arguments, and the form's fields. */
export interface ActionProbe {
  state?: unknown;
  fields: (ids: Ids) => [name: string, value: string | number][];
}

const feedOnly: ActionProbe = { fields: ({ feed }) => [['feedId', feed]] };

/** The same for server actions, by file and name. */
export const ACTIONS: Record<string, ActionProbe[]> = {
  'app/feeds/actions.ts#addFeed': [{ state: {}, fields: () => [['address', 'not an address']] }],
  'app/feeds/actions.ts#tryNow': [feedOnly],
  'app/feeds/actions.ts#removeFeed': [feedOnly],
  'app/feeds/health-actions.ts#acceptReplacement': [feedOnly],
  'app/feeds/health-actions.ts#changeFeeds': [
    { fields: ({ feed }) => [['only', `try:${feed}`]] },
    { fields: ({ feed }) => [['only', `accept:${feed}`]] },
    { fields: ({ feed }) => [['only', `remove:${feed}`]] },
    ...['try', 'accept', 'remove-now'].map((deed) => ({
      fields: ({ feed }: Ids): [string, string | number][] => [
        ['do', deed],
        ['feed', feed],
      ],
    })),
  ],
  'app/import/actions.ts#retryRows': [
    { fields: ({ import: id }) => [['importId', id]] },
    {
      fields: ({ import: id }) => [
        ['importId', id],
        ['position', 1],
      ],
    },
  ],
};
