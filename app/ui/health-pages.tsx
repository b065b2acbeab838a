import type { HealthQuery } from '@/lib/store/health-views';
import { ButtonLink } from './button-link';
import { writeHealthQuery } from './health-query';

/** The ways to the pages before and after. */
export function HealthPages({ query, pages }: { query: HealthQuery; pages: number }) {
  if (pages < 2) return null;
  const { page } = query;
  return (
    <nav aria-label="Pages" className="mt-6 flex flex-wrap items-center gap-3">
      {page > 1 && <ButtonLink href={writeHealthQuery({ ...query, page: page - 1 })}>Previous</ButtonLink>}
      <span className="text-sm text-muted tabular-nums">
        Page {page} of {pages}
      </span>
      {page < pages && <ButtonLink href={writeHealthQuery({ ...query, page: page + 1 })}>Next</ButtonLink>}
    </nav>
  );
}
