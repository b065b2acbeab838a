import { countOf } from './format-figures';
import { nameQueue } from './queue-table';
import { RelativeTime } from './relative-time';

interface FailedJobsProps {
  jobs: { queue: 'fetch' | 'wanted' | 'refresh'; at: Date | null; feeds: number; reason: string }[];
  asOf: string;
}

/** The jobs that failed last, and why. */
export function FailedJobs({ jobs, asOf }: FailedJobsProps) {
  return (
    <ol aria-label="Failed jobs">
      {jobs.map(({ queue, at, feeds, reason }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: jobs have no other name here, and the list is never changed in place
        <li key={index} className="border-b border-line py-3 last:border-b-0">
          <p className="text-sm text-muted">
            {nameQueue(queue)}, {countOf(feeds, 'feed')}
            {at !== null && (
              <>
                , <RelativeTime at={at.toISOString()} asOf={asOf} />
              </>
            )}
          </p>
          <p className="mt-0.5 font-mono text-sm break-words">{reason}</p>
        </li>
      ))}
    </ol>
  );
}
