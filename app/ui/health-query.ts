import {
  HEALTH_FILTERS,
  HEALTH_SORTS,
  type HealthFilter,
  type HealthQuery,
  type HealthSort,
} from '@/lib/store/health-views';

/** A longer search finds nothing that a shorter one would not. */
const LONGEST_SEARCH = 200;
const LAST_PAGE = 100_000;

type Params = Record<string, string | string[] | undefined>;

const isFilter = (text: unknown): text is HealthFilter => HEALTH_FILTERS.some((name) => name === text);
const isSort = (text: unknown): text is HealthSort => HEALTH_SORTS.some((name) => name === text);

/** Reads which feeds a page is asked to show; what makes no sense is as if it were not there. */
export function parseHealthQuery({ show, sort, q, page }: Params): HealthQuery {
  const number = typeof page === 'string' && /^[1-9]\d{0,5}$/.test(page) ? Number(page) : 1;
  return {
    show: isFilter(show) ? show : 'all',
    sort: isSort(sort) ? sort : 'name',
    search: typeof q === 'string' ? q.trim().slice(0, LONGEST_SEARCH) : '',
    page: Math.min(number, LAST_PAGE),
  };
}

/** @returns the address of the page that shows this; what goes without saying is left out. */
export function writeHealthQuery({ show, sort, search, page }: HealthQuery): string {
  const params = new URLSearchParams();
  if (show !== 'all') params.set('show', show);
  if (search !== '') params.set('q', search);
  if (sort !== 'name') params.set('sort', sort);
  if (page > 1) params.set('page', String(page));
  return params.size === 0 ? '/feeds' : `/feeds?${params}`;
}

/** Reads back what `writeHealthQuery` wrote: an address from a form leads nowhere else. */
export function readHealthPath(path: string): HealthQuery {
  return parseHealthQuery(Object.fromEntries(new URLSearchParams(path.split('?')[1] ?? '')));
}
