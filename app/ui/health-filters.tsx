import Form from 'next/form';
import {
  HEALTH_FILTERS,
  type HealthFilter,
  type HealthQuery,
  type HealthSort,
} from '@/lib/store/health-views';
import { writeHealthQuery } from './health-query';
import { PageLink } from './page-link';
import { SubmitButton } from './submit-button';

const FILTER_NAMES: Record<HealthFilter, string> = {
  all: 'All',
  failing: 'Failing',
  dormant: 'Dormant',
  slow: 'Slow',
  gone: 'Gone',
  moved: 'Moved',
};

const FILTER_MEANINGS: Record<HealthFilter, string | null> = {
  all: null,
  failing: 'The last attempt failed; they are tried again by themselves.',
  dormant: 'Nothing new for 90 days.',
  slow: 'The last attempt took more than 5 seconds.',
  gone: 'Their sites have taken them down; they are no longer asked for.',
  moved: 'Another address was found, or their servers send us to one.',
};

const SORT_NAMES: [HealthSort, string][] = [
  ['name', 'Name'],
  ['newest', 'Newest item'],
  ['checked', 'Last checked'],
  ['slowest', 'Slowest'],
  ['failures', 'Failures'],
];

interface HealthFiltersProps {
  query: HealthQuery;
  counts: Record<HealthFilter, number>;
}

/** Which feeds are shown: each kind with how many there are. */
export function HealthFilters({ query, counts }: HealthFiltersProps) {
  const meaning = FILTER_MEANINGS[query.show];
  return (
    <>
      <nav aria-label="Kinds of feeds">
        <ul className="flex flex-wrap gap-2">
          {HEALTH_FILTERS.map((name) => (
            <li key={name}>
              <PageLink
                href={writeHealthQuery({ ...query, show: name, page: 1 })}
                stays
                aria-current={query.show === name ? 'page' : undefined}
                className="filter-link"
              >
                {FILTER_NAMES[name]}{' '}
                <span className="text-sm text-muted tabular-nums">{counts[name].toLocaleString('en')}</span>
              </PageLink>
            </li>
          ))}
        </ul>
      </nav>
      {meaning !== null && <p className="mt-3 text-sm text-muted">{meaning}</p>}
    </>
  );
}

const FIELD =
  'min-h-11 rounded-lg border border-line-strong bg-raised px-3 text-base sm:text-[0.9375rem] placeholder:text-muted';

/** Search and order: a form that writes the page's address. */
export function HealthSearch({ query }: { query: HealthQuery }) {
  return (
    <Form action="/feeds" role="search" className="mt-5 flex flex-wrap items-end gap-3" scroll={false}>
      {query.show !== 'all' && <input type="hidden" name="show" value={query.show} />}
      <label className="grid min-w-0 grow basis-56 gap-1.5 text-sm font-medium">
        Name or address
        <input
          key={query.search}
          type="search"
          name="q"
          defaultValue={query.search}
          maxLength={200}
          dir="auto"
          autoCapitalize="off"
          className={`${FIELD} w-full min-w-0`}
        />
      </label>
      <label className="grid gap-1.5 text-sm font-medium max-sm:grow">
        Order
        <select key={query.sort} name="sort" defaultValue={query.sort} className={FIELD}>
          {SORT_NAMES.map(([name, label]) => (
            <option key={name} value={name}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <SubmitButton look="plain" busy="Show">
        Show
      </SubmitButton>
    </Form>
  );
}
