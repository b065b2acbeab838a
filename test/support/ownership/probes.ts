import { type Ids, SOUGHT } from './victim';

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
  '/all': [reads(() => '/all')],
  '/starred': [reads(() => '/starred')],
  '/unread': [reads(() => '/unread'), reads(({ item }) => `/unread?item=${item}`)],
  '/folders/[id]': [reads(({ folder }) => `/folders/${folder}`)],
  '/settings': [reads(() => '/settings')],
  '/feeds': [reads(() => '/feeds'), reads(() => `/feeds?q=${SOUGHT}`)],
  '/feeds/[id]': [reads(({ feed }) => `/feeds/${feed}`)],
  '/feeds/[id]/settings': [reads(({ feed }) => `/feeds/${feed}/settings`)],
  '/folders': [reads(() => '/folders')],
  '/search': [
    reads(() => `/search?q=${SOUGHT}`),
    reads(({ feed }) => `/search?q=${SOUGHT}&in=feed-${feed}`),
    reads(({ folder }) => `/search?q=${SOUGHT}&in=folder-${folder}`),
  ],
  '/api/search': [
    ...['all', 'starred'].map((place) => reads(() => `/api/search?q=${SOUGHT}&in=${place}`)),
    reads(({ feed }) => `/api/search?q=${SOUGHT}&in=feed-${feed}`),
    reads(({ folder }) => `/api/search?q=${SOUGHT}&in=folder-${folder}`),
  ],
  '/feeds/new': [reads(() => '/feeds/new')],
  '/feeds/remove': [reads(({ feed }) => `/feeds/remove?ids=${feed}&back=/feeds`)],
  '/import': [reads(() => '/import')],
  '/import/[id]': [reads(({ import: id }) => `/import/${id}`)],
  '/items/[id]': [reads(({ item }) => `/items/${item}`)],
  '/export/opml': [reads(() => '/export/opml')],
  '/api/counts': [reads(() => '/api/counts')],
  '/api/feed-list': [reads(() => '/api/feed-list')],
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
  '/api/items/[id]/full-text': [
    reads(({ item }) => `/api/items/${item}/full-text`),
    { method: 'POST', path: ({ item }) => `/api/items/${item}/full-text` },
  ],
  '/api/mark-read': [
    ...(['all', 'feed', 'folder'] as const).map(
      (view): Probe => ({
        method: 'POST',
        path: () => '/api/mark-read',
        body: (ids) => ({ view: view === 'all' ? view : `${view}-${ids[view]}` }),
      }),
    ),
  ],
  '/admin': [reads(() => '/admin')],
  '/admin/fetching': [reads(() => '/admin/fetching')],
  '/settings/account': [reads(() => '/settings/account')],
  '/settings/sessions': [reads(() => '/settings/sessions')],
  '/settings/tokens': [reads(() => '/settings/tokens')],
  '/settings/export': [reads(() => '/settings/export')],
  '/sign-in': [open('/sign-in'), open('/sign-in?to=/admin&error=signup_disabled')],
  '/sign-in/code': [open('/sign-in/code')],
  '/sign-up': [open('/sign-up')],
  '/welcome/[token]': [open('/welcome/none')],
  '/api/auth/[...path]': [
    ...[
      'get-session',
      'list-sessions',
      'passkey/list-user-passkeys',
      'passkey/generate-register-options',
      'callback/oidc?code=1&state=2',
    ].map((path) => open(`/api/auth/${path}`)),
    { method: 'POST', path: () => '/api/auth/passkey/verify-registration', body: () => ({ response: {} }) },
    {
      method: 'POST',
      path: () => '/api/auth/passkey/delete-passkey',
      body: ({ passkey }) => ({ id: String(passkey) }),
      open: true,
    },
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
  /** How somebody is answered to whom it does not exist, where that is not by a page. */
  status?: 404;
  /** Anybody may send it. */
  open?: true;
  /** Whoever sends it is signed out. */
  ends?: true;
  /** The only argument of an action that is called by a script rather than by a form. */
  argument?: (ids: Ids) => unknown;
  fields: (ids: Ids) => [name: string, value: string | number][];
}

type Fields = ReturnType<ActionProbe['fields']>;

/** A form about a feed or a folder, with further fields. */
const about = (kind: 'feed' | 'folder', ...more: Fields): ActionProbe => ({
  fields: (ids) => [[`${kind}Id`, ids[kind]], ...more],
});
/** The same for actions that show the form again. */
const again = (probe: ActionProbe): ActionProbe => ({ ...probe, state: {} });

const feedOnly: ActionProbe = { fields: ({ feed }) => [['feedId', feed]] };

const answers = { message: null };
/** The forms of /admin, to whoever does not manage the installation. */
const managing = (probe: ActionProbe): ActionProbe => ({ ...probe, status: 404 });
const withPassword = (state: unknown = answers): ActionProbe => ({
  state,
  fields: () => [['password', 'not the password']],
});

/** The same for server actions, by file and name. */
export const ACTIONS: Record<string, ActionProbe[]> = {
  'app/account/access-actions.ts#revokeSession': [{ fields: ({ session }) => [['id', session]] }],
  'app/account/access-actions.ts#revokeOtherSessions': [{ fields: () => [] }],
  'app/account/access-actions.ts#makeToken': [
    {
      state: answers,
      fields: () => [
        ['name', 'Mine'],
        ['password', 'not the password'],
      ],
    },
  ],
  'app/account/access-actions.ts#revokeToken': [{ fields: ({ token }) => [['id', token]] }],
  'app/account/account-actions.ts#changePassword': [
    {
      state: answers,
      fields: () => [
        ['current', 'not the password'],
        ['password', 'mine from now on'],
      ],
    },
  ],
  'app/account/account-actions.ts#setUpSecondStep': [withPassword({ step: 'password', message: null })],
  'app/account/account-actions.ts#giveUpSecondStep': [withPassword()],
  'app/account/account-actions.ts#renewCodes': [withPassword({ message: null, codes: [] })],
  'app/account/account-actions.ts#allowPasskey': [{ fields: () => [['password', 'not the password']] }],
  'app/account/account-actions.ts#removePasskey': [{ fields: ({ passkey }) => [['id', passkey]] }],
  'app/account/account-actions.ts#removeAccount': [withPassword()],
  'app/account/admin-actions.ts#makeInvitation': [managing({ state: answers, fields: () => [] })],
  'app/account/admin-actions.ts#removeInvitation': [
    managing({ fields: ({ invitation }) => [['id', invitation]] }),
  ],
  'app/account/admin-actions.ts#makePasswordLink': [
    managing({ state: answers, fields: ({ user }) => [['id', user]] }),
  ],
  'app/account/admin-actions.ts#changeAccess': [
    managing({
      fields: ({ user }) => [
        ['id', user],
        ['do', 'disable'],
      ],
    }),
  ],
  'app/account/admin-actions.ts#removeUser': [
    managing({
      state: answers,
      fields: ({ user, name }) => [
        ['id', user],
        ['name', name],
      ],
    }),
  ],
  'app/account/entry-actions.ts#enter': [
    {
      state: answers,
      fields: ({ name }) => [
        ['name', name],
        ['password', 'not the password'],
      ],
      open: true,
    },
  ],
  'app/account/entry-actions.ts#enterCode': [
    { state: answers, fields: () => [['code', '123456']], open: true },
  ],
  'app/account/entry-actions.ts#followLink': [
    {
      state: answers,
      fields: ({ name }) => [
        ['token', 'none'],
        ['name', name],
      ],
      open: true,
    },
  ],
  'app/account/entry-actions.ts#register': [
    { state: answers, fields: ({ name }) => [['name', name]], open: true },
  ],
  'app/account/entry-actions.ts#leave': [{ fields: () => [], open: true, ends: true }],
  'app/account/provider-actions.ts#enterWithProvider': [{ fields: () => [['to', '/']], open: true }],
  'app/account/fetching-actions.ts#changeFetching': [managing({ fields: () => [['do', 'pause']] })],
  'app/account/provider-actions.ts#connectProvider': [withPassword()],
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
  'app/feeds/health-actions.ts#undoRemoval': [{ fields: ({ undo }) => [['undo', undo]] }],
  'app/feeds/offer-actions.ts#chooseOffered': [
    about('feed', ['offer', 'https://a.example/AliceSecret']),
    about('feed', ['do', 'keep']),
  ],
  'app/feeds/starter-actions.ts#followStarters': [{ fields: () => [['address', 'https://none.example/']] }],
  'app/feeds/folder-actions.ts#addFolder': [again({ fields: () => [['name', '']] })],
  'app/feeds/folder-actions.ts#nameFolder': [again(about('folder', ['name', 'Mine now']))],
  'app/feeds/folder-actions.ts#dropFolder': [
    about('folder', ['feeds', 'keep']),
    about('folder', ['feeds', 'unsubscribe']),
  ],
  'app/feeds/folder-actions.ts#moveFolder': [about('folder', ['before', ''])],
  'app/feeds/folder-actions.ts#stepFolder': ['up', 'down'].map((by) => ({
    ...about('folder', ['by', by]),
    state: 0,
  })),
  'app/feeds/folder-actions.ts#moveChosen': [
    {
      fields: ({ feed, folder }) => [
        ['feed', feed],
        ['folder', folder],
      ],
    },
    {
      fields: ({ feed }) => [
        ['feed', feed],
        ['folder', ''],
      ],
    },
  ],
  'app/feeds/settings-actions.ts#saveSettings': [
    again(about('feed', ['title', 'Mine now'], ['floor', 60])),
    again({
      fields: ({ feed, folder }) => [
        ['feedId', feed],
        ['folder', folder],
      ],
    }),
  ],
  'app/feeds/settings-actions.ts#savePassword': [
    again(about('feed', ['username', 'me'], ['password', 'mine'])),
  ],
  'app/feeds/settings-actions.ts#removePassword': [feedOnly],
  'app/feeds/settings-actions.ts#saveUserAgent': [again(about('feed', ['userAgent', 'Mine/1']))],
  'app/items/actions.ts#markItem': ['read', 'unread', 'starred', 'unstarred'].map((as) => ({
    fields: ({ item }) => [
      ['itemId', item],
      ['as', as],
    ],
  })),
  'app/items/actions.ts#chooseItemText': [
    {
      fields: ({ item }) => [
        ['itemId', item],
        ['text', 'full'],
      ],
    },
  ],
  'app/items/actions.ts#markListRead': [
    ...(['feed', 'folder'] as const).map(
      (kind): ActionProbe => ({ fields: (ids) => [['view', `${kind}-${ids[kind]}`]] }),
    ),
    { fields: () => [['view', 'all']] },
  ],
  'app/items/actions.ts#undoMarkedList': [{ fields: ({ undo }) => [['undo', undo]] }],
  'app/items/actions.ts#fetchNow': (['feed', 'folder'] as const).map((kind) => ({
    argument: (ids) => `${kind}-${ids[kind]}`,
    fields: () => [],
  })),
  // Kept by the browser that sends it.
  'app/settings/actions.ts#saveSettings': [{ fields: () => [['theme', 'dark']], open: true }],
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
