import type { ImportCounts } from '@/lib/store/import-views';
import { countSettled, type ImportProgress } from './import-progress';

interface Part {
  name: string;
  states: (keyof ImportCounts)[];
  colour: string;
}

const PARTS: Part[] = [
  { name: 'Added and read', states: ['read'], colour: 'bg-accent' },
  { name: 'There already', states: ['known', 'repeated'], colour: 'bg-line-strong' },
  { name: 'Could not be read or used', states: ['failing', 'refused'], colour: 'bg-warn' },
  { name: 'Still to come', states: ['waiting', 'queued'], colour: 'bg-line' },
];

/** How far an import is: a bar, and the same in figures. */
export function ImportBar({ progress }: { progress: ImportProgress }) {
  const { total, counts } = progress;
  const parts = PARTS.map((part) => ({
    ...part,
    count: part.states.reduce((sum, state) => sum + counts[state], 0),
  }));
  return (
    <div className="mt-5">
      <div
        role="progressbar"
        aria-label="Import"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={countSettled(progress)}
        className="flex h-2.5 gap-0.5 overflow-hidden rounded-full bg-line"
      >
        {parts
          .filter(({ count }) => count > 0)
          .map(({ name, colour, count }) => (
            <span
              key={name}
              className={`${colour} min-w-0.5 transition-[width] motion-reduce:transition-none`}
              style={{ width: `${(count / Math.max(1, total)) * 100}%` }}
            />
          ))}
      </div>
      <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1 text-sm">
        {parts.map(({ name, colour, count }) => (
          <div key={name} className="flex items-center gap-2">
            <dt className="flex items-center gap-2 text-muted">
              <span
                aria-hidden="true"
                className={`size-2.5 rounded-sm ${colour} outline outline-1 -outline-offset-1 outline-line-strong/40`}
              />
              {name}
            </dt>
            <dd className="font-semibold tabular-nums">{count.toLocaleString('en')}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
