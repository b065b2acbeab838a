import type { FeedDay } from '@/lib/store/health-views';
import { describeDays, sayDay } from './describe-days';
import { countOf } from './format-figures';

const STEP = 20;
const BAR = 14;
const HEIGHT = 56;
/** Below the bars: where failures are marked, or that nothing is known of them. */
const FOOT = 16;
/** A day with one item must be seen beside one with two hundred. */
const LOWEST = 4;

function Day({ day, index, most }: { day: FeedDay; index: number; most: number }) {
  const height = day.items === 0 ? 2 : Math.max(LOWEST, (day.items / most) * HEIGHT);
  const x = index * STEP + (STEP - BAR) / 2;
  const failures = day.failures ?? 0;
  const failed = failures === 0 ? '' : `, ${countOf(failures, 'failed check')}`;
  const unknown = day.failures === null ? ', checks not kept' : '';
  return (
    <g>
      <title>{`${sayDay(day.day)}: ${countOf(day.items, 'item')}${failed}${unknown}`}</title>
      {/* The whole column is pointed at, not the bar alone. */}
      <rect x={index * STEP} width={STEP} height={HEIGHT + FOOT} fill="transparent" />
      <rect
        x={x}
        y={HEIGHT - height}
        width={BAR}
        height={height}
        rx="2"
        className={day.items === 0 ? 'fill-line' : 'fill-accent'}
      />
      {failures > 0 && (
        <path
          d={`M${x + BAR / 2} ${HEIGHT + 5} l5.5 9 h-11 z`}
          className="fill-warn"
          data-testid="failed-day"
        />
      )}
      {day.failures === null && (
        <circle
          cx={x + BAR / 2}
          cy={HEIGHT + 10.5}
          r="2.5"
          fill="none"
          className="stroke-muted"
          data-testid="unknown-day"
        />
      )}
    </g>
  );
}

/** Items a day as bars; a mark under each day on which a check failed, a ring where the log does not go back so far. */
export function DaysPicture({ days }: { days: FeedDay[] }) {
  if (days.length === 0) return null;
  const best = Math.max(...days.map((day) => day.items));
  const most = Math.max(1, best);
  const failed = days.some((day) => (day.failures ?? 0) > 0);
  const unknown = days.some((day) => day.failures === null);
  return (
    <figure className="mt-3">
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT + FOOT}`}
        role="img"
        aria-label={describeDays(days)}
        className="w-full"
      >
        {days.map((day, index) => (
          <Day key={day.day} day={day} index={index} most={most} />
        ))}
      </svg>
      <figcaption aria-hidden="true" className="flex flex-wrap justify-between gap-x-4 text-xs text-muted">
        <span>{sayDay(days[0]?.day ?? '')}</span>
        <span className="max-sm:order-last max-sm:basis-full">
          {best === 0 ? 'No items on these days' : `Items a day, at most ${most}`}
          {failed && (
            <>
              {' · '}
              <span className="text-warn">▲</span> a check failed
            </>
          )}
          {unknown && ' · ○ checks not kept'}
        </span>
        <span>Today</span>
      </figcaption>
    </figure>
  );
}
