import { expect, it } from 'vitest';
import { describeDays } from './describe-days';

it('says what the days brought', () => {
  const days = [
    { day: '2026-11-01', items: 1, failures: 0 },
    { day: '2026-11-02', items: 0, failures: 3 },
    { day: '2026-11-03', items: 7, failures: 1 },
  ];
  expect(describeDays(days)).toBe(
    'The last 3 days: 8 items on 2 days, most on 3 November (7). 4 checks failed, on 2 days.',
  );
});

it('says that there was nothing', () => {
  expect(describeDays([{ day: '2026-11-01', items: 0, failures: 0 }])).toBe(
    'The last 1 days: no items. No check failed.',
  );
});
