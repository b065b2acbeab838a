import { expect, it } from 'vitest';
import { groupByDay } from './group-days';
import type { ListedItem } from './listed-item';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const at = (...times: string[]) => times.map((sortAt, id) => ({ id, sortAt }) as ListedItem);
const told = (items: ListedItem[], before: ListedItem | null = null) =>
  groupByDay(items, before, NOW, 'utc').map(({ heading, items: { length } }) => [heading, length]);

it('names today and yesterday, other days by their name, and years that are not this one', () => {
  const items = at(
    '2026-11-24T23:59:59.000Z',
    '2026-11-24T00:00:00.000Z',
    '2026-11-23T23:59:59.000Z',
    '2026-11-22T08:00:00.000Z',
    '2025-11-22T08:00:00.000Z',
  );
  expect(told(items)).toEqual([
    ['Today', 2],
    ['Yesterday', 1],
    ['Sunday 22 November', 1],
    ['22 November 2025', 1],
  ]);
});

it('does not tell a day again that the page before has begun', () => {
  const [before, ...items] = at('2026-11-23T09:00:00Z', '2026-11-23T08:00:00Z', '2026-11-22T08:00:00Z');
  expect(told(items, before)).toEqual([
    [null, 1],
    ['Sunday 22 November', 1],
  ]);
});

it('tells a day as often as a list comes back to it', () => {
  const items = at('2026-11-24T08:00:00Z', '2026-11-23T08:00:00Z', '2026-11-24T07:00:00Z');
  expect(told(items).map(([heading]) => heading)).toEqual(['Today', 'Yesterday', 'Today']);
});

it('has nothing to say about no items', () => {
  expect(told([])).toEqual([]);
});
