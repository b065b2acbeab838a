import {
  FILTER_STATES,
  IMPORT_FILTERS,
  type ImportCounts,
  type ImportFilter,
} from '@/lib/store/import-views';
import { PageLink } from './page-link';

const NAMES: Record<ImportFilter, string> = {
  all: 'All',
  problems: 'Problems',
  waiting: 'To come',
  added: 'Added',
  known: 'There already',
};

interface ImportFiltersProps {
  path: string;
  shown: ImportFilter;
  total: number;
  counts: ImportCounts;
}

/** Which rows are shown, with how many there are of each kind. */
export function ImportFilters({ path, shown, total, counts }: ImportFiltersProps) {
  const countOf = (filter: ImportFilter) =>
    filter === 'all' ? total : FILTER_STATES[filter].reduce((sum, state) => sum + counts[state], 0);
  return (
    <nav aria-label="Kinds of rows">
      <ul className="flex flex-wrap gap-2">
        {IMPORT_FILTERS.map((filter) => (
          <li key={filter}>
            <PageLink
              href={filter === 'all' ? path : `${path}?show=${filter}`}
              stays
              aria-current={shown === filter ? 'page' : undefined}
              className="filter-link"
            >
              {NAMES[filter]}{' '}
              <span className="text-sm text-muted tabular-nums">{countOf(filter).toLocaleString('en')}</span>
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
