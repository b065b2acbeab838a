import type { FetchPhases } from '@/lib/store/health-views';
import { formatMilliseconds } from './format-figures';

const PHASES: { key: keyof FetchPhases; label: string }[] = [
  { key: 'connect', label: 'Connect' },
  { key: 'wait', label: 'Wait' },
  { key: 'download', label: 'Download' },
  { key: 'parse', label: 'Parse' },
  { key: 'save', label: 'Save' },
];

/** Where the time of an attempt went: a bar, and the same in figures. */
export function FetchBar({ phases, totalMs }: { phases: FetchPhases; totalMs: number }) {
  const parts = PHASES.flatMap(({ key, label }) => {
    const milliseconds = phases[key];
    return milliseconds === null ? [] : [{ key, label, milliseconds }];
  });
  if (parts.length === 0) return null;
  const known = parts.reduce((sum, part) => sum + part.milliseconds, 0);
  const whole = Math.max(1, totalMs, known);
  return (
    <div className="mt-2">
      <div aria-hidden="true" className="flex h-1.5 gap-px overflow-hidden rounded-full bg-line">
        {parts.map(({ key, milliseconds }) => (
          <span key={key} className={`phase-${key}`} style={{ width: `${(milliseconds / whole) * 100}%` }} />
        ))}
      </div>
      <dl className="mt-1.5 flex flex-wrap gap-x-4 gap-y-0.5 text-xs text-muted">
        {parts.map(({ key, label, milliseconds }) => (
          <div key={key} className="flex items-center gap-1.5">
            <dt className="flex items-center gap-1.5">
              <span aria-hidden="true" className={`size-2 rounded-sm phase-${key}`} />
              {label}
            </dt>
            <dd className="tabular-nums">{formatMilliseconds(milliseconds)}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
