import { countOf } from './format-figures';
import { RelativeTime } from './relative-time';

interface WorkerListProps {
  workers: { id: string; host: string; pid: number; startedAt: Date; atWork: number }[];
  asOf: string;
}

/** The worker processes that are alive: where, since when, and how busy. */
export function WorkerList({ workers, asOf }: WorkerListProps) {
  return (
    <ul aria-label="Workers">
      {workers.map(({ id, host, pid, startedAt, atWork }) => (
        <li
          key={id}
          className="flex flex-wrap items-baseline justify-between gap-x-6 border-b border-line py-3 last:border-b-0"
        >
          <span className="min-w-0">
            <span className="font-medium break-words">{host}</span>
            <span className="block text-sm text-muted">
              process {pid}, started <RelativeTime at={startedAt.toISOString()} asOf={asOf} />
            </span>
          </span>
          <span className="text-[0.9375rem] tabular-nums">
            {atWork === 0 ? 'fetching nothing' : `fetching ${countOf(atWork, 'feed')}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
