import type { EndedView } from '@/lib/store/settings-views';
import { RelativeTime } from './relative-time';
import { SubmitButton } from './submit-button';

interface EndedFeedsProps {
  ended: EndedView[];
  /** Of these, the one that was ended just now: it is offered openly. */
  latest: unknown;
  asOf: string;
  undo: (form: FormData) => Promise<void>;
}

const names = new Intl.ListFormat('en');

function sayTitles({ titles, count }: EndedView): string {
  const more = count - titles.length;
  return names.format(more > 0 ? [...titles, `${more} more`] : titles);
}

function Undo({ ended, undo }: { ended: EndedView; undo: EndedFeedsProps['undo'] }) {
  return (
    <form action={undo} className="contents">
      <input type="hidden" name="undo" value={ended.undo} />
      <SubmitButton look="plain" busy="Undoing…">
        Undo<span className="sr-only"> unsubscribing from {sayTitles(ended)}</span>
      </SubmitButton>
    </form>
  );
}

/** What was unsubscribed from a short while ago, and the way back. */
export function EndedFeeds({ ended, latest, asOf, undo }: EndedFeedsProps) {
  const now = ended.find((group) => group.undo === latest);
  const earlier = ended.filter((group) => group !== now);
  return (
    <>
      {now !== undefined && (
        <div className="mt-3 flex flex-wrap items-center gap-x-4 gap-y-2 text-[0.9375rem]">
          <Undo ended={now} undo={undo} />
          <bdi className="text-muted">{sayTitles(now)}</bdi>
        </div>
      )}
      {earlier.length > 0 && (
        <details className="group mt-3 text-[0.9375rem]">
          <summary className="inline-flex min-h-11 items-center gap-2 font-medium text-muted hover:text-ink">
            <span aria-hidden="true" className="group-open:rotate-90">
              ›
            </span>
            Unsubscribed from within the last day
          </summary>
          <ul className="grid gap-3 pt-1 pb-3">
            {earlier.map((group) => (
              <li key={group.undo} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
                <span className="min-w-0">
                  <bdi>{sayTitles(group)}</bdi>{' '}
                  <span className="text-sm text-muted">
                    <RelativeTime at={group.endedAt.toISOString()} asOf={asOf} />
                  </span>
                </span>
                <Undo ended={group} undo={undo} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
