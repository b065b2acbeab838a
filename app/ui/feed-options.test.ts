import { expect, it } from 'vitest';
import { listAges, listCounts, listFloors } from './feed-options';

it('offers waits in words, and keeps one that is set already', () => {
  expect(listFloors(0).map(({ label }) => label)).toEqual([
    'As often as it publishes',
    'At most every hour',
    'At most every 3 hours',
    'At most every 6 hours',
    'At most every 12 hours',
    'At most every day',
    'At most every 2 days',
    'At most every 7 days',
  ]);
  expect(listFloors(90)[2]).toEqual({ value: '90', label: 'At most every 90 minutes' });
});

it('offers ages and numbers, the usual ones first', () => {
  expect(listAges(45, 365).map(({ label }) => label)).toEqual([
    'As usual (1 year)',
    '30 days',
    '45 days',
    '90 days',
    '180 days',
    '1 year',
    '2 years',
    '5 years',
    'For ever',
  ]);
  expect(listCounts(0, 2000).map(({ label }) => label)).toEqual([
    'As usual (2,000 items)',
    '100 items',
    '500 items',
    '1,000 items',
    '2,000 items',
    '5,000 items',
    '10,000 items',
    'All',
  ]);
});
