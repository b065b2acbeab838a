import { expect, it } from 'vitest';
import { type Deed, findCrowded, findHindered, measureOutside, unite } from './deeds';

const away = (kind: Deed['kind'], from: number, until: number, hosts: string[]): Deed => ({
  ...{ kind, reader: null, from, until, hosts: new Set(hosts) },
});

it('unites what touches, and measures what is outside', () => {
  const all = [
    { from: 50, until: 60 },
    { from: 0, until: 10 },
    { from: 5, until: 20 },
  ];
  expect(unite(all)).toEqual([
    { from: 0, until: 20 },
    { from: 50, until: 60 },
  ]);
  expect(unite(all, 30)).toEqual([{ from: 0, until: 60 }]);
  expect(measureOutside({ from: 10, until: 55 }, unite(all))).toBe(30);
});

it('finds when so many are at once', () => {
  const all = [
    { from: 0, until: 10 },
    { from: 5, until: Number.POSITIVE_INFINITY },
    { from: 10, until: 20 },
  ];
  expect(findCrowded(all, 2)).toEqual([
    { from: 5, until: 10 },
    { from: 10, until: 20 },
  ]);
  expect(findCrowded(all, 3)).toEqual([]);
});

it('a host is hindered where it was hit, while a server is away, and while nobody is at work', () => {
  const deeds = [
    away('kill-worker', 0, 2000, ['hit']),
    away('restart-postgres', 100_000, 101_000, ['hit']),
    away('stop-worker', 200_000, 223_000, []),
    away('kill-worker', 210_000, 212_000, []),
  ];
  expect(findHindered('hit', deeds, 2)).toEqual([
    { from: 0, until: 35_000 },
    { from: 100_000, until: 136_000 },
    { from: 210_000, until: 217_000 },
  ]);
  expect(findHindered('elsewhere', deeds, 2)).toEqual([
    { from: 100_000, until: 106_000 },
    { from: 210_000, until: 217_000 },
  ]);
});
