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

it.each([
  [[null, null, 0, 0], 'No check failed in the last 2 days; of checks before that nothing is kept.'],
  [[null, 2, 0, 1], '3 checks failed in the last 3 days, on 2 days; of checks before that nothing is kept.'],
  [[null, null, null, 0], 'No check failed today; of checks before that nothing is kept.'],
  [[null, null, null, 1], '1 check failed today; of checks before that nothing is kept.'],
  [[null, null, null, null], 'None of the checks that are kept failed.'],
])('says how far back checks are known: %j', (known, said) => {
  const days = known.map((failures, index) => ({ day: `2026-11-0${index + 1}`, items: 0, failures }));
  expect(describeDays(days)).toBe(`The last 4 days: no items. ${said}`);
});
